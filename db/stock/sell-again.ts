import 'server-only'
import { eq } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { announceStockChange } from './announce-stock-change.ts'
import { lockStockOfOrder } from './lock-stock-of-order.ts'
import { stock, stockMovements } from './schema.ts'

/**
 * Sells the pieces of an order that holds none of them any more: all of them, or none where one is missing.
 * @returns false when they can't be had.
 */
export async function sellAgain(tx: Transaction, orderId: string, actor: string): Promise<boolean> {
  const lines = await lockStockOfOrder(tx, orderId)
  if (lines.some(({ onHand, held, quantity }) => onHand - held < quantity)) return false

  const changes = []
  for (const { variantId, quantity, product, onHand, held } of lines) {
    await tx
      .update(stock)
      .set({ onHand: onHand - quantity })
      .where(eq(stock.variantId, variantId))
    await tx.insert(stockMovements).values({ variantId, quantity: -quantity, reason: 'sold', actor, orderId })
    changes.push({ product, before: onHand - held, after: onHand - held - quantity })
  }
  await announceStockChange(tx, changes)
  return true
}
