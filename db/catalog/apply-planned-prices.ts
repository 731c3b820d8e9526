import 'server-only'
import { and, asc, eq, isNull, lte } from 'drizzle-orm'
import { db } from '../client.ts'
import { changePrice, lockProductOf } from './change-price.ts'
import { plannedPrices, variants } from './schema.ts'

/**
 * Applies the prices whose moment has come, the earliest first. Each is a transaction of its own: it is marked in the
 * one that changes the price, so that a second run finds nothing to do, and one bad row keeps no other from its turn.
 * @returns how many prices changed; one that was the price already only counts as applied.
 */
export async function applyPlannedPrices(now: Date): Promise<number> {
  const isDue = and(
    lte(plannedPrices.startsAt, now),
    isNull(plannedPrices.appliedAt),
    isNull(plannedPrices.withdrawnAt),
  )
  const due = await db
    .select({ id: plannedPrices.id, sku: variants.sku })
    .from(plannedPrices)
    .innerJoin(variants, eq(variants.id, plannedPrices.variantId))
    .where(isDue)
    .orderBy(asc(plannedPrices.startsAt), asc(plannedPrices.id))
  let changed = 0
  for (const { id, sku } of due) {
    const applied = await db.transaction(async (tx) => {
      await lockProductOf(tx, sku)
      const [plan] = await tx
        .update(plannedPrices)
        .set({ appliedAt: now })
        .where(and(eq(plannedPrices.id, id), isDue))
        .returning()
      if (!plan) return false
      const { priceFen, reason, actor } = plan
      return (await changePrice({ sku, priceFen, reason, actor }, tx)).ok
    })
    if (applied) changed++
  }
  return changed
}
