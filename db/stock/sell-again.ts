import 'server-only'
import { asc, eq, inArray } from 'drizzle-orm'
import { products, variants } from '../catalog/schema.ts'
import type { Transaction } from '../client.ts'
import { orderLines } from '../orders/schema.ts'
import { announceStockChange } from './announce-stock-change.ts'
import { stock, stockMovements } from './schema.ts'

/**
 * Sells the pieces of an order that holds none of them any more: all of them, or none where one is missing. Stock rows
 * are locked by variant id ascending, as everywhere.
 * @returns false when they can't be had.
 */
export async function sellAgain(tx: Transaction, orderId: string, actor: string): Promise<boolean> {
  const lines = await tx
    .select({ variantId: orderLines.variantId, quantity: orderLines.quantity, product: products.slug })
    .from(orderLines)
    .innerJoin(variants, eq(variants.id, orderLines.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(orderLines.orderId, orderId))
  const ids = lines.map(({ variantId }) => variantId)
  const units = await tx
    .select()
    .from(stock)
    .where(inArray(stock.variantId, ids))
    .orderBy(asc(stock.variantId))
    .for('update')
  const sold = lines.flatMap((line) => {
    const row = units.find(({ variantId }) => variantId === line.variantId)
    const available = row ? row.onHand - row.held : 0
    return row && available >= line.quantity ? [{ ...line, available, onHand: row.onHand - line.quantity }] : []
  })
  if (sold.length < lines.length) return false

  for (const { variantId, quantity, onHand } of sold) {
    await tx.update(stock).set({ onHand }).where(eq(stock.variantId, variantId))
    await tx.insert(stockMovements).values({ variantId, quantity: -quantity, reason: 'sold', actor, orderId })
  }
  const changes = sold.map(({ product, available, quantity }) => ({
    product,
    before: available,
    after: available - quantity,
  }))
  await announceStockChange(tx, changes)
  return true
}
