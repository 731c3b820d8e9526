import 'server-only'
import { and, eq, inArray, notExists, sql } from 'drizzle-orm'
import { cartLines } from '../../carts/schema.ts'
import type { Transaction } from '../../client.ts'
import { orderLines } from '../../orders/schema.ts'
import { stock, stockMovements } from '../../stock/schema.ts'
import { priceChanges, variants } from '../schema.ts'

/** What leads to a variant and must go on doing so. */
const TRACES = [orderLines, cartLines, stockMovements, priceChanges] as const

/**
 * Deletes these variants when nothing leads to any of them: never ordered, never in stock, never at another price.
 * @returns false when something does; all of them stay then.
 */
export async function deleteUnusedVariants(tx: Transaction, ids: readonly number[]): Promise<boolean> {
  if (ids.length === 0) return true
  // Waits for whoever is ordering one of them, and lets nobody begin.
  await tx
    .select({ id: variants.id })
    .from(variants)
    .where(inArray(variants.id, [...ids]))
    .orderBy(variants.id)
    .for('update')
  const hasNone = (trace: (typeof TRACES)[number]) =>
    notExists(tx.select({ one: sql`1` }).from(trace).where(eq(trace.variantId, variants.id)))
  const unused = await tx
    .select({ id: variants.id })
    .from(variants)
    .where(and(inArray(variants.id, [...ids]), ...TRACES.map(hasNone)))
  if (unused.length < ids.length) return false
  await tx.delete(stock).where(inArray(stock.variantId, [...ids]))
  await tx.delete(variants).where(inArray(variants.id, [...ids]))
  return true
}
