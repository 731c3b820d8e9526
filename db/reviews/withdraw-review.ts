import 'server-only'
import { and, eq, inArray, type SQL } from 'drizzle-orm'
import { reviewsTag } from '#lib/domain/cache-tags.ts'
import { products } from '../catalog/schema.ts'
import { db, type Transaction } from '../client.ts'
import { invalidateTags } from '../invalidations/invalidate-tags.ts'
import { reviews } from './schema.ts'

/** Takes a review back for its author: it is gone, from the page too. @returns false for one that is not theirs. */
export const withdrawReview = (accountId: string, reviewId: string): Promise<boolean> =>
  db.transaction(
    async (tx) => (await remove(tx, and(eq(reviews.id, reviewId), eq(reviews.accountId, accountId)))) === 1,
  )

/** Takes back all that an account has written, in the transaction that ends it. */
export async function withdrawReviewsOf(tx: Transaction, accountId: string): Promise<void> {
  await remove(tx, eq(reviews.accountId, accountId))
}

async function remove(tx: Transaction, which: SQL | undefined): Promise<number> {
  const gone = await tx.delete(reviews).where(which).returning({ productId: reviews.productId, state: reviews.state })
  const shown = gone.filter(({ state }) => state === 'published').map(({ productId }) => productId)
  if (shown.length > 0) {
    const pieces = await tx.select({ slug: products.slug }).from(products).where(inArray(products.id, shown))
    await invalidateTags(
      tx,
      pieces.map(({ slug }) => reviewsTag(slug)),
    )
  }
  return gone.length
}
