import type { CouponChange } from './coupon-changes.ts'
import type { Fen } from './money.ts'

/** What an order asks for, with what the shopper was shown when they agreed to it. */
export type WantedLine = { readonly variantId: number; readonly quantity: number; readonly priceSeen: Fen }

/** What the shop offers now. */
export type OfferedVariant = { readonly sku: string; readonly price: Fen; readonly available: number }

/** What is no longer as the shopper saw it; they confirm before anything is placed. */
export type OrderChange =
  | { readonly kind: 'price'; readonly sku: string; readonly from: Fen; readonly to: Fen }
  | { readonly kind: 'stock'; readonly sku: string; readonly wanted: number; readonly left: number }
  | { readonly kind: 'withdrawn'; readonly variantId: number }
  | { readonly kind: 'shipping'; readonly from: Fen; readonly to: Fen }
  | CouponChange

/** All that changed for the lines, in their order; empty when the order can be placed as it was seen. */
export function lineChanges(
  wanted: readonly WantedLine[],
  offers: ReadonlyMap<number, OfferedVariant>,
): readonly OrderChange[] {
  return wanted.flatMap(({ variantId, quantity, priceSeen }): OrderChange[] => {
    const offer = offers.get(variantId)
    if (!offer) return [{ kind: 'withdrawn', variantId }]
    const { sku, price, available } = offer
    return [
      ...(price === priceSeen ? [] : [{ kind: 'price', sku, from: priceSeen, to: price } as const]),
      ...(available >= quantity
        ? []
        : [{ kind: 'stock', sku, wanted: quantity, left: Math.max(0, available) } as const]),
    ]
  })
}
