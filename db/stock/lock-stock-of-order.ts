import 'server-only'
import { asc, eq, inArray } from 'drizzle-orm'
import { products, variants } from '../catalog/schema.ts'
import type { Transaction } from '../client.ts'
import { orderLines } from '../orders/schema.ts'
import { stock } from './schema.ts'

/** A line of an order with what the shelf has of its piece. */
export type LineOnShelf = {
  readonly position: number
  readonly variantId: number
  /** Units that were ordered. */
  readonly quantity: number
  /** The product's slug. */
  readonly product: string
  readonly onHand: number
  readonly held: number
}

/**
 * Locks the stock of an order's lines by variant id ascending, so that orders with the same pieces wait for each other
 * instead of blocking each other, and reads it.
 * @param positions only these lines; all of them when it is left out.
 * @returns the lines in that order; none of a piece reads as nothing on hand.
 */
export async function lockStockOfOrder(
  tx: Transaction,
  orderId: string,
  positions?: readonly number[],
): Promise<LineOnShelf[]> {
  const ordered = await tx
    .select({
      position: orderLines.position,
      variantId: orderLines.variantId,
      quantity: orderLines.quantity,
      product: products.slug,
    })
    .from(orderLines)
    .innerJoin(variants, eq(variants.id, orderLines.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.variantId))
  const lines = positions ? ordered.filter(({ position }) => positions.includes(position)) : ordered
  const shelf = await tx
    .select()
    .from(stock)
    .where(
      inArray(
        stock.variantId,
        lines.map(({ variantId }) => variantId),
      ),
    )
    .orderBy(asc(stock.variantId))
    .for('update')
  const units = new Map(shelf.map(({ variantId, onHand, held }) => [variantId, { onHand, held }]))
  return lines.map((line) => ({ ...line, ...(units.get(line.variantId) ?? { onHand: 0, held: 0 }) }))
}
