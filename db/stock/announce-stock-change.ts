import 'server-only'
import { productTag } from '#lib/domain/cache-tags.ts'
import { bandChanges } from '#lib/domain/stock-band.ts'
import type { Transaction } from '../client.ts'
import { invalidateTags } from '../invalidations/invalidate-tags.ts'

/** Units of one variant that could be bought (on hand − held) before and after a change. */
export type StockChange = { readonly product: string; readonly before: number; readonly after: number }

/**
 * Lets the pages of these products be rendered anew where what they say about stock is no longer right. To be called
 * in the transaction of the change by everything that writes `stock`.
 * @param changes `product` is the product's slug; before and after must be read under the lock of the stock row.
 */
export const announceStockChange = (tx: Transaction, changes: readonly StockChange[]): Promise<void> =>
  invalidateTags(
    tx,
    changes.filter(({ before, after }) => bandChanges(before, after)).map(({ product }) => productTag(product)),
  )
