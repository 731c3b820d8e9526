import 'server-only'
import { eq } from 'drizzle-orm'
import type { LineUnits } from '#lib/domain/decide-refund.ts'
import type { Transaction } from '../client.ts'
import { announceStockChange } from '../stock/announce-stock-change.ts'
import { lockStockOfOrder } from '../stock/lock-stock-of-order.ts'
import { stock, stockMovements } from '../stock/schema.ts'

/** Puts units of an order back on the shelf. */
export async function restockLines(tx: Transaction, orderId: string, units: readonly LineUnits[], actor: string) {
  const returned = new Map(units.map(({ position, quantity }) => [position, quantity]))
  if (returned.size === 0) return
  const changes = []
  for (const line of await lockStockOfOrder(tx, orderId, [...returned.keys()])) {
    const { position, variantId, product, onHand, held } = line
    const quantity = returned.get(position) ?? 0
    await tx
      .update(stock)
      .set({ onHand: onHand + quantity })
      .where(eq(stock.variantId, variantId))
    await tx.insert(stockMovements).values({ variantId, quantity, reason: 'returned', actor, orderId })
    changes.push({ product, before: onHand - held, after: onHand - held + quantity })
  }
  await announceStockChange(tx, changes)
}
