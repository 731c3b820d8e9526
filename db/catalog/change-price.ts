import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { productTag } from '#lib/domain/cache-tags.ts'
import { type Fen, toFen, ZERO_FEN } from '#lib/domain/money.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type DbOrTransaction, db, type Transaction } from '../client.ts'
import { invalidateTags } from '../invalidations/invalidate-tags.ts'
import { products, variants } from './schema.ts'
import { writePrice } from './write-price.ts'

export type ChangePriceError =
  | { readonly code: 'unknown_variant' }
  | { readonly code: 'price_not_positive' }
  | { readonly code: 'nothing_to_change' }

/**
 * Gives a variant another price. One transaction: price, history, the version of its piece, so that a form which shows
 * the old price is noticed, and the invalidation of its pages.
 */
export async function changePrice(
  { sku, priceFen, reason, actor }: { sku: string; priceFen: Fen; reason: string; actor: string },
  within: DbOrTransaction = db,
): Promise<Result<{ readonly fromFen: Fen }, ChangePriceError>> {
  if (priceFen <= ZERO_FEN) return err({ code: 'price_not_positive' })
  return within.transaction(async (tx) => {
    const product = await lockProductOf(tx, sku)
    const [variant] = await tx
      .select({ id: variants.id, priceFen: variants.priceFen })
      .from(variants)
      .where(eq(variants.sku, sku))
      .for('no key update')
    if (!product || !variant) return err({ code: 'unknown_variant' })
    if (variant.priceFen === priceFen) return err({ code: 'nothing_to_change' })

    const fromFen = toFen(variant.priceFen)
    await writePrice(tx, { variantId: variant.id, fromFen, toFen: priceFen, reason, actor })
    await tx
      .update(products)
      .set({ version: sql`${products.version} + 1` })
      .where(eq(products.id, product.id))
    await invalidateTags(tx, [productTag(product.slug)])
    return ok({ fromFen })
  })
}

/** The piece is locked before its variants, by everybody. */
export async function lockProductOf(tx: Transaction, sku: string) {
  const [product] = await tx
    .select({ id: products.id, slug: products.slug })
    .from(products)
    .innerJoin(variants, eq(variants.productId, products.id))
    .where(eq(variants.sku, sku))
    .for('no key update', { of: products })
  return product
}
