import Link from 'next/link'
import type { Locale } from '#lib/domain/locale.ts'
import { cartPath } from '#lib/paths.ts'

/** The way to the cart, in the header of every page. */
export function CartLink({ locale, label }: { locale: Locale; label: string }) {
  return <Link href={cartPath(locale)}>{label}</Link>
}
