import 'server-only'
import { changeCart } from '#db/carts/change-cart.ts'
import { unitsIn } from '../domain/cart-rules.ts'
import type { Locale, LocalizedText } from '../domain/locale.ts'

type OrderedPiece = { readonly sku: string; readonly name: LocalizedText; readonly quantity: number }

/** What became of one piece of an order that is bought again. */
export type BoughtAgain = {
  readonly name: string
  readonly outcome: 'whole' | 'less' | 'sold_out' | 'gone' | 'full'
}

/**
 * Puts the pieces of an order into a cart, as many of each as can still be had, at today's prices.
 * @returns what became of each, and the units that are in the cart now; null when nothing changed it.
 */
export async function buyAgain(
  token: string,
  pieces: readonly OrderedPiece[],
  locale: Locale,
): Promise<{ readonly bought: readonly BoughtAgain[]; readonly units: number | null }> {
  const bought: BoughtAgain[] = []
  let units: number | null = null
  for (const { sku, quantity, name } of pieces) {
    const { outcome, lines } = await changeCart({ token, operation: 'add', sku, quantity, locale })
    bought.push({ name: name[locale], outcome: SAID[outcome.kind] })
    units = unitsIn(lines)
  }
  return { bought, units }
}

const SAID = {
  done: 'whole',
  limited: 'less',
  sold_out: 'sold_out',
  unknown_piece: 'gone',
  full: 'full',
} as const
