import 'server-only'
import { eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { products, variants } from '../../catalog/schema.ts'
import { db } from '../../client.ts'
import { stock } from '../schema.ts'

/** Stock of one variant. Null when there is none with this SKU. */
export async function readStockLine(_: Permit<'catalogue.read'>, sku: string) {
  const [line] = await db
    .select({
      id: variants.id,
      sku: variants.sku,
      options: variants.options,
      productId: products.id,
      product: products.name,
      image: variants.image,
      onHand: stock.onHand,
      held: stock.held,
      lowAt: stock.lowAt,
    })
    .from(variants)
    .innerJoin(stock, eq(stock.variantId, variants.id))
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(variants.sku, sku))
  return line ?? null
}
