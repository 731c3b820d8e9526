import 'server-only'
import { and, asc, desc, eq, sql } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import type { ReviewState } from '#lib/domain/review.ts'
import { products } from '../catalog/schema.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { reviews } from './schema.ts'

const ON_A_PAGE = 20

/** The last review of a page; the next page begins after it. */
export type ReviewCursor = { readonly changedAt: Date; readonly id: string }
export type ListedReview = Awaited<ReturnType<typeof listReviews>>['reviews'][number]

/** A page of reviews in one state: what waits with the longest first, what was decided with the newest. */
export async function listReviews(_: Permit<'reviews.moderate'>, state: ReviewState, after: ReviewCursor | null) {
  const oldestFirst = state === 'pending'
  const place = sql`(${reviews.changedAt}, ${reviews.id})`
  const end = after && sql`(${after.changedAt.toISOString()}::timestamptz, ${after.id}::uuid)`
  const order = oldestFirst ? asc : desc
  const rows = await db
    .select({ review: reviews, orderNumber: orders.number, product: products.slug, name: products.name })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .innerJoin(orders, eq(orders.id, reviews.orderId))
    .where(
      and(eq(reviews.state, state), end ? (oldestFirst ? sql`${place} > ${end}` : sql`${place} < ${end}`) : undefined),
    )
    .orderBy(order(reviews.changedAt), order(reviews.id))
    .limit(ON_A_PAGE + 1)
  const page = rows.slice(0, ON_A_PAGE)
  const last = page.at(-1)?.review
  const next: ReviewCursor | null = rows.length > ON_A_PAGE && last ? { changedAt: last.changedAt, id: last.id } : null
  return { reviews: page, next }
}
