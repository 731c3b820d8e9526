'use client'
import './cart.css'
import type { Route } from 'next'
import Link from 'next/link'
import { type MouseEvent, useEffect, useRef } from 'react'
import { Photo } from '#components/catalog/photo.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import type { ShownLine } from '#lib/cart/shown-cart.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { checkoutPath } from '#lib/paths.ts'
import { changeCart, closeCart } from './cart-store.ts'
import { useCart } from './use-cart.ts'

/** What the drawer says, in the page's language; `{name}` stands for a piece. */
export type CartWords = {
  readonly [word in
    | 'title'
    | 'close'
    | 'empty'
    | 'emptyHint'
    | 'wait'
    | 'failed'
    | 'more'
    | 'less'
    | 'remove'
    | 'removeName'
    | 'removed'
    | 'undo'
    | 'subtotal'
    | 'view'
    | 'checkout']: string
}

const named = (words: string, { name }: ShownLine) => words.replace('{name}', name)

/** The cart at the side of the page, as a modal dialog: the browser keeps the focus in it and gives it back. */
export function CartDrawer({ locale, href, words }: { locale: Locale; href: Route; words: CartWords }) {
  const { cart, said, sayings, removed } = useCart()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  const closeOutside = (event: MouseEvent) => {
    if (event.target === dialog.current) dialog.current?.close()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is on its backdrop.
    <dialog
      ref={dialog}
      className="cart-drawer"
      aria-labelledby="cart-drawer-title"
      onClose={closeCart}
      onClick={closeOutside}
    >
      <div className="cart-drawer-sheet">
        <div className="cart-drawer-head">
          <h2 className="subtitle" id="cart-drawer-title">
            {words.title}
          </h2>
          <button type="button" className="cart-quiet" onClick={() => dialog.current?.close()}>
            {words.close}
          </button>
        </div>
        <div role="status">
          {removed ? (
            <p className="cart-said">
              {named(words.removed, removed)}{' '}
              <button
                type="button"
                className="link"
                onClick={() =>
                  void changeCart({ operation: 'set', sku: removed.sku, quantity: removed.quantity }, locale)
                }
              >
                {words.undo}
              </button>
            </p>
          ) : said ? (
            <p className="cart-said" key={sayings}>
              {said}
            </p>
          ) : null}
        </div>
        {cart === null ? (
          said === words.failed ? null : (
            <p className="cart-hint">{words.wait}</p>
          )
        ) : cart.lines.length === 0 ? (
          <p className="cart-hint">
            {words.empty} {words.emptyHint}
          </p>
        ) : (
          <>
            <ul>
              {cart.lines.map((line) => (
                <DrawerLine key={line.sku} line={line} locale={locale} words={words} />
              ))}
            </ul>
            <div className="cart-drawer-foot">
              <p className="cart-drawer-sum">
                {words.subtotal} <strong>{cart.subtotal}</strong>
              </p>
              <a className={buttonClass()} href={checkoutPath(locale)}>
                {words.checkout}
              </a>
              <Link className="link" href={href} prefetch={false} onClick={() => dialog.current?.close()}>
                {words.view}
              </Link>
            </div>
          </>
        )}
      </div>
    </dialog>
  )
}

function DrawerLine({ line, locale, words }: { line: ShownLine; locale: Locale; words: CartWords }) {
  const change = (operation: 'set' | 'remove', quantity: number) => () =>
    void changeCart({ operation, sku: line.sku, quantity }, locale)
  return (
    <li className="cart-line">
      <Photo src={line.image} alt={line.imageAlt} use="choice" />
      <div>
        <Link href={line.href as Route} prefetch={false}>
          {line.name}
        </Link>
        <p className="cart-options">{line.options}</p>
        {line.notices.map((notice) => (
          <p key={notice} className="cart-notice">
            {notice}
          </p>
        ))}
      </div>
      <p className="cart-amount">{line.most === 0 ? null : line.total}</p>
      <div className="cart-stepper">
        {line.most === 0 ? null : (
          <>
            <button
              type="button"
              aria-label={named(words.less, line)}
              disabled={line.quantity <= 1}
              onClick={change('set', line.quantity - 1)}
            >
              −
            </button>
            <span>{line.quantity}</span>
            <button
              type="button"
              aria-label={named(words.more, line)}
              disabled={line.quantity >= line.most}
              onClick={change('set', line.quantity + 1)}
            >
              +
            </button>
          </>
        )}
        <button
          type="button"
          className="cart-quiet"
          aria-label={named(words.removeName, line)}
          onClick={change('remove', line.quantity)}
        >
          {words.remove}
        </button>
      </div>
    </li>
  )
}
