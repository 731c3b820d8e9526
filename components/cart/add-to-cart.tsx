import { Button } from '#components/ui/button.tsx'
import type { Locale } from '#lib/domain/locale.ts'

/** Puts one unit of a variant into the cart; a plain form, so that it works before JavaScript arrives. */
export function AddToCart({
  sku,
  locale,
  label,
  soldOut,
}: {
  sku: string
  locale: Locale
  label: string
  soldOut: boolean
}) {
  return (
    <form action="/api/cart" method="post">
      <input type="hidden" name="sku" value={sku} />
      <input type="hidden" name="locale" value={locale} />
      <Button disabled={soldOut}>{label}</Button>
    </form>
  )
}
