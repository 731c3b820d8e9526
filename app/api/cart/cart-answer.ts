import type { ShownCart } from '#lib/cart/shown-cart.ts'
import type { CartOutcome } from '#lib/domain/cart-rules.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { translator } from '#lib/i18n/translator.ts'
import { cartPath } from '#lib/paths.ts'

/** What a script reads: the cart as it is now, and a sentence where something could not be done as asked. */
export type CartAnswer = { readonly cart: ShownCart } | { readonly said: string; readonly cart?: ShownCart }

export function jsonAnswer(answer: CartAnswer, status: number, cookies: readonly string[] = []): Response {
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(JSON.stringify(answer), { status, headers })
}

/** For a plain form: on to the cart page, which reads what happened from its address. */
export function pageAnswer(
  locale: Locale,
  happened: Record<string, string>,
  cookies: readonly string[] = [],
): Response {
  const query = new URLSearchParams(happened).toString()
  const headers = new Headers({ location: `${cartPath(locale)}${query && `?${query}`}`, 'cache-control': 'no-store' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/** The sentence about a change that did not go as asked; null when it did. */
export function sayOutcome(outcome: CartOutcome, locale: Locale): string | null {
  const t = translator(locale)
  if (outcome.kind === 'done') return null
  if (outcome.kind === 'limited') return t('cart.outcome.limited', { quantity: outcome.quantity })
  return t(`cart.outcome.${outcome.kind}`)
}
