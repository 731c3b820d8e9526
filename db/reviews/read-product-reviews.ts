import 'server-only'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { type PieceReviews, summarise } from '#lib/domain/review.ts'
import { products } from '../catalog/schema.ts'
import { db } from '../client.ts'
import { reviews } from './schema.ts'

/** Reviews on the page of a piece; what is older counts in the mean alone. */
export const REVIEWS_ON_A_PAGE = 24

/** What customers said of a piece, as its page shows it: those in the page's language first, then the newest. */
export async function readProductReviews(locale: Locale, product: string): Promise<PieceReviews> {
  const published = and(eq(products.slug, product), eq(reviews.state, 'published'))
  const [[sums], shown] = await Promise.all([
    db
      .select({ count: sql<number>`count(*)::int`, stars: sql<number>`coalesce(sum(${reviews.stars}), 0)::int` })
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .where(published),
    db
      .select({
        id: reviews.id,
        stars: reviews.stars,
        title: reviews.title,
        words: reviews.words,
        author: reviews.author,
        locale: reviews.locale,
        answer: reviews.answer,
        writtenAt: reviews.writtenAt,
      })
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .where(published)
      .orderBy(desc(eq(reviews.locale, locale)), desc(reviews.writtenAt), desc(reviews.id))
      .limit(REVIEWS_ON_A_PAGE),
  ])
  return { summary: summarise(sums?.count ?? 0, sums?.stars ?? 0), shown }
}
