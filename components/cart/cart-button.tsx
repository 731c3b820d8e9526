'use client'
import type { Route } from 'next'
import Link from 'next/link'
import { type MouseEvent, useEffect } from 'react'
import type { Locale } from '#lib/domain/locale.ts'
import type { CartWords } from './cart-drawer.tsx'
import { dismissSaid, openCart, setCartWords } from './cart-store.ts'
import { LazyCartDrawer, loadCartDrawer } from './lazy-cart-drawer.tsx'
import { useCart } from './use-cart.ts'

/** The badge, and the drawer once it is wanted. The server renders no number, and its place is kept free. */
export function CartButton({
  locale,
  href,
  label,
  words,
}: {
  locale: Locale
  href: Route
  label: string
  words: CartWords & { added: string }
}) {
  const { units, open, said, refused, sayings } = useCart()
  useEffect(() => setCartWords(words), [words])
  const show = (event: MouseEvent) => {
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    if (elsewhere || location.pathname === href) return
    event.preventDefault()
    openCart(locale)
  }
  return (
    <div className="cart-place">
      <Link
        className="cart-link"
        href={href}
        prefetch={false}
        onClick={show}
        onMouseEnter={loadCartDrawer}
        onFocus={loadCartDrawer}
      >
        {label}
        <span className="cart-units">{units || ''}</span>
      </Link>
      <div className={refused && !open ? 'cart-refusal' : 'sr-only'} role="status">
        {open ? null : <p key={sayings}>{said}</p>}
        {refused && !open ? (
          <button type="button" className="cart-quiet" onClick={dismissSaid}>
            {words.close}
          </button>
        ) : null}
      </div>
      {open ? <LazyCartDrawer locale={locale} href={href} words={words} /> : null}
    </div>
  )
}
