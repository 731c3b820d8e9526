'use client'
import type { FormEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { labelOf } from '#lib/i18n/label-of.ts'
import { addToCart, openCart } from './cart-store.ts'

/**
 * Puts one unit of a variant into the cart; a plain form, so that it works before JavaScript arrives.
 * @param showCart opens the drawer as well, for the page of the piece itself; a list only counts.
 */
export function AddToCart({
  sku,
  name,
  locale,
  label,
  soldOut,
  showCart = false,
}: {
  sku: string
  name: string
  locale: Locale
  label: string
  soldOut: boolean
  showCart?: boolean
}) {
  const add = (event: FormEvent) => {
    event.preventDefault()
    void addToCart(sku, name, locale)
    if (showCart) openCart(locale)
  }
  return (
    <form action={`/api/cart?locale=${locale}`} method="post" onSubmit={add}>
      <Button name="sku" value={sku} disabled={soldOut} aria-label={labelOf(label, name, locale)}>
        {label}
      </Button>
    </form>
  )
}
