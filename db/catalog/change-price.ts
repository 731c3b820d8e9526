import 'server-only'
import { eq } from 'drizzle-orm'
import { productTag } from '#lib/domain/cache-tags.ts'
import { type Fen, toFen, ZERO_FEN } from '#lib/domain/money.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type DbOrTransaction, db } from '../client.ts'
import { invalidateTags } from '../invalidations/invalidate-tags.ts'
import { priceChanges, products, variants } from './schema.ts'

export type ChangePriceError =
  | { readonly code: 'unknown_variant' }
  | { readonly code: 'price_not_positive' }
  | { readonly code: 'nothing_to_change' }

/** Gives a variant another price. One transaction: price, history and the invalidation of its pages. */
export async function changePrice(
  { sku, priceFen, reason, actor }: { sku: string; priceFen: Fen; reason: string; actor: string },
  within: DbOrTransaction = db,
): Promise<Result<{ readonly fromFen: Fen }, ChangePriceError>> {
  if (priceFen <= ZERO_FEN) return err({ code: 'price_not_positive' })
  return within.transaction(async (tx) => {
    const [row] = await tx
      .select({ variantId: variants.id, priceFen: variants.priceFen, product: products.slug })
      .from(variants)
      .innerJoin(products, eq(products.id, variants.productId))
      .where(eq(variants.sku, sku))
      .for('update', { of: variants })
    if (!row) return err({ code: 'unknown_variant' })
    if (row.priceFen === priceFen) return err({ code: 'nothing_to_change' })

    await tx.update(variants).set({ priceFen }).where(eq(variants.id, row.variantId))
    await tx
      .insert(priceChanges)
      .values({ variantId: row.variantId, fromFen: row.priceFen, toFen: priceFen, reason, actor })
    await invalidateTags(tx, [productTag(row.product)])
    return ok({ fromFen: toFen(row.priceFen) })
  })
}
