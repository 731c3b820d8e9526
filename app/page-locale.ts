import { notFound } from 'next/navigation'
import { locale } from 'next/root-params'
import { isLocale, type Locale } from '#lib/domain/locale.ts'

/** The language that the address names; a first step that is none of ours is a page that does not exist. */
export async function pageLocale(): Promise<Locale> {
  const asked = await locale()
  if (!asked || !isLocale(asked)) notFound()
  return asked
}
