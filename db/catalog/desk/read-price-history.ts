import 'server-only'
import { desc, eq } from 'drizzle-orm'
import { toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../../client.ts'
import { priceChanges, variants } from '../schema.ts'

const NEWEST = 50

/** The newest changes of price of a piece's variants, the last one first; 50 at most. */
export async function readPriceHistory(_: Permit<'catalogue.read'>, productId: number) {
  const rows = await db
    .select({
      id: priceChanges.id,
      sku: variants.sku,
      fromFen: priceChanges.fromFen,
      toFen: priceChanges.toFen,
      reason: priceChanges.reason,
      actor: priceChanges.actor,
      at: priceChanges.at,
    })
    .from(priceChanges)
    .innerJoin(variants, eq(variants.id, priceChanges.variantId))
    .where(eq(variants.productId, productId))
    .orderBy(desc(priceChanges.id))
    .limit(NEWEST)
  return rows.map((row) => ({ ...row, fromFen: toFen(row.fromFen), toFen: toFen(row.toFen) }))
}
