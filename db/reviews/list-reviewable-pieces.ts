import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { products, variants } from '../catalog/schema.ts'
import { type DbOrTransaction, db } from '../client.ts'
import { orderLines, orders } from '../orders/schema.ts'
import { reviews } from './schema.ts'

export type ReviewablePiece = Awaited<ReturnType<typeof listReviewablePieces>>[number]

/** Whether a parcel with units of the line arrived. */
const arrived = sql`exists (
  select from parcel_lines join parcels on parcels.id = parcel_lines.parcel_id
  where parcel_lines.order_id = ${orderLines.orderId} and parcel_lines.position = ${orderLines.position}
    and parcels.delivered_at is not null and parcels.undone_at is null)`

/**
 * The pieces of an order that reached its customer, each once however many of its variants were bought, with the review
 * that this account has written of it, whatever order it came with. Empty for somebody else's order.
 */
export async function listReviewablePieces(accountId: string, orderId: string, tx: DbOrTransaction = db) {
  return tx
    .selectDistinctOn([variants.productId], {
      productId: variants.productId,
      slug: products.slug,
      position: orderLines.position,
      name: orderLines.name,
      review: reviews,
    })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .innerJoin(variants, eq(variants.id, orderLines.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .leftJoin(reviews, and(eq(reviews.productId, variants.productId), eq(reviews.accountId, orders.accountId)))
    .where(and(eq(orderLines.orderId, orderId), eq(orders.accountId, accountId), arrived))
    .orderBy(variants.productId, orderLines.position)
}
