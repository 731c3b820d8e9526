import 'server-only'
import { eq } from 'drizzle-orm'
import { err, ok, type Result } from '#lib/result.ts'
import { products, variants } from '../catalog/schema.ts'
import { type DbOrTransaction, db } from '../client.ts'
import { announceStockChange } from './announce-stock-change.ts'
import { stock, stockMovements } from './schema.ts'

export type AdjustStockError =
  | { readonly code: 'unknown_variant' }
  | { readonly code: 'nothing_to_change' }
  /** Fewer than `available` units can be taken: the rest is not there, or promised to orders. */
  | { readonly code: 'not_enough_stock'; readonly available: number }

/**
 * Adds or takes away units by hand: a delivery, a count, a breakage. One transaction: stock, movement and, when the
 * band changes, the invalidation of its pages.
 * @param delta a whole number of units, negative to take away.
 */
export async function adjustStock(
  { sku, delta, reason, actor }: { sku: string; delta: number; reason: string; actor: string },
  within: DbOrTransaction = db,
): Promise<Result<{ readonly onHand: number; readonly available: number }, AdjustStockError>> {
  if (delta === 0) return err({ code: 'nothing_to_change' })
  return within.transaction(async (tx) => {
    const [row] = await tx
      .select({ variantId: stock.variantId, onHand: stock.onHand, held: stock.held, product: products.slug })
      .from(stock)
      .innerJoin(variants, eq(variants.id, stock.variantId))
      .innerJoin(products, eq(products.id, variants.productId))
      .where(eq(variants.sku, sku))
      .for('update', { of: stock })
    if (!row) return err({ code: 'unknown_variant' })

    const before = row.onHand - row.held
    const after = before + delta
    if (after < 0) return err({ code: 'not_enough_stock', available: before })

    const onHand = row.onHand + delta
    await tx.update(stock).set({ onHand }).where(eq(stock.variantId, row.variantId))
    await tx.insert(stockMovements).values({ variantId: row.variantId, quantity: delta, reason, actor })
    await announceStockChange(tx, [{ product: row.product, before, after }])
    return ok({ onHand, available: after })
  })
}
