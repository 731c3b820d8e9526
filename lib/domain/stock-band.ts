/**
 * What a shopper is told about stock. A page shows the band, not the number, so that a sale on well-stocked goods
 * changes no page and the prerendered page stays true.
 */
export type StockBand =
  | { readonly kind: 'in_stock' }
  | { readonly kind: 'low'; readonly left: number }
  | { readonly kind: 'sold_out' }

/** From this many units down, the page says how many are left. */
export const LOW_STOCK_UNITS = 5

/** @param available units that can still be bought (on hand − held), an integer. */
export function stockBand(available: number): StockBand {
  if (available <= 0) return { kind: 'sold_out' }
  return available <= LOW_STOCK_UNITS ? { kind: 'low', left: available } : { kind: 'in_stock' }
}

/** True when a page that shows the band of `before` is no longer right at `after`. */
export function bandChanges(before: number, after: number): boolean {
  const [a, b] = [stockBand(before), stockBand(after)]
  return a.kind !== b.kind || (a.kind === 'low' && b.kind === 'low' && a.left !== b.left)
}
