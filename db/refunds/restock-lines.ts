import 'server-only'
import { asc, eq, inArray } from 'drizzle-orm'
import type { LineUnits } from '#lib/domain/decide-refund.ts'
import { products, variants } from '../catalog/schema.ts'
import type { Transaction } from '../client.ts'
import { orderLines } from '../orders/schema.ts'
import { announceStockChange } from '../stock/announce-stock-change.ts'
import { stock, stockMovements } from '../stock/schema.ts'

/** Puts units of an order back on the shelf. Stock rows are locked by variant id ascending, as everywhere. */
export async function restockLines(tx: Transaction, orderId: string, units: readonly LineUnits[], actor: string) {
  const ordered = await tx
    .select({ position: orderLines.position, variantId: orderLines.variantId, product: products.slug })
    .from(orderLines)
    .innerJoin(variants, eq(variants.id, orderLines.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(orderLines.orderId, orderId))
  const returned = units.flatMap(({ position, quantity }) => {
    const line = ordered.find((candidate) => candidate.position === position)
    return line ? [{ ...line, quantity }] : []
  })
  const ids = returned.map(({ variantId }) => variantId)
  if (ids.length === 0) return
  const shelf = await tx
    .select()
    .from(stock)
    .where(inArray(stock.variantId, ids))
    .orderBy(asc(stock.variantId))
    .for('update')
  const changes = []
  for (const { variantId, onHand, held } of shelf) {
    const line = returned.find((candidate) => candidate.variantId === variantId)
    if (!line) throw new Error(`variant ${variantId} is not in order ${orderId}`)
    const { quantity, product } = line
    await tx
      .update(stock)
      .set({ onHand: onHand + quantity })
      .where(eq(stock.variantId, variantId))
    await tx.insert(stockMovements).values({ variantId, quantity, reason: 'returned', actor, orderId })
    changes.push({ product, before: onHand - held, after: onHand - held + quantity })
  }
  await announceStockChange(tx, changes)
}
