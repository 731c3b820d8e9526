import { z } from 'zod'
import type { Locale } from '#lib/domain/locale.ts'
import { translator } from '#lib/i18n/translator.ts'
import { CartInput } from './cart-input.ts'

/** What the cart page says after a plain form was sent; `POST /api/cart` puts it into the address. */
export type CartMessage =
  /** The sentence stands beside the line it is about, or above all where `sku` is null. */
  | { readonly kind: 'error' | 'note'; readonly text: string; readonly sku: string | null }
  | { readonly kind: 'removed'; readonly text: string; readonly sku: string; readonly quantity: number }

const Query = z.union([
  z.object({ error: z.enum(['quantity', 'sku']), sku: z.string().max(64).nullable().default(null) }),
  z.object({ outcome: z.literal('limited'), quantity: CartInput.shape.quantity }),
  z.object({ outcome: z.enum(['sold_out', 'full', 'unknown_piece']) }),
  z.object({ removed: CartInput.shape.sku, quantity: CartInput.shape.quantity }),
])

/** Reads the address of the cart page; null when it says nothing, or nothing that we would have written. */
export function readCartMessage(query: unknown, locale: Locale): CartMessage | null {
  const parsed = Query.safeParse(query)
  if (!parsed.success) return null
  const t = translator(locale)
  if ('error' in parsed.data) return { kind: 'error', text: t(`cart.error.${parsed.data.error}`), sku: parsed.data.sku }
  if ('removed' in parsed.data)
    return { kind: 'removed', text: t('cart.removedPiece'), sku: parsed.data.removed, quantity: parsed.data.quantity }
  if (parsed.data.outcome === 'limited')
    return { kind: 'note', text: t('cart.outcome.limited', { quantity: parsed.data.quantity }), sku: null }
  return { kind: 'note', text: t(`cart.outcome.${parsed.data.outcome}`), sku: null }
}
