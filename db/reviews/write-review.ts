import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { reviewsTag } from '#lib/domain/cache-tags.ts'
import type { Locale } from '#lib/domain/locale.ts'
import type { ReviewText, Stars } from '#lib/domain/review.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { accounts } from '../accounts/schema.ts'
import { db, type Transaction } from '../client.ts'
import { invalidateTags } from '../invalidations/invalidate-tags.ts'
import { listReviewablePieces, type ReviewablePiece } from './list-reviewable-pieces.ts'
import { reviews } from './schema.ts'

export type WriteReview = ReviewText & {
  readonly accountId: string
  readonly orderId: string
  /** The line of the order that the piece came with. */
  readonly position: number
  readonly stars: Stars
  readonly locale: Locale
}

/** The order is not theirs or not there, or the piece is not of it or has not arrived: all the same answer. */
export type WriteReviewError = { readonly code: 'unknown_piece' }

/**
 * Keeps what a customer says of a piece that reached them, in place of what they said of it before. It waits to be read;
 * what was shown until now is off the page at once. The same again changes nothing.
 */
export async function writeReview(
  { accountId, orderId, position, ...said }: WriteReview,
  now: Date = new Date(),
): Promise<Result<{ readonly reviewId: string }, WriteReviewError>> {
  return db.transaction(async (tx) => {
    // Two tabs of one customer write one after the other.
    await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for('update')
    const pieces = await listReviewablePieces(accountId, orderId, tx)
    const piece = pieces.find((one) => one.position === position)
    if (!piece) return err({ code: 'unknown_piece' })
    if (piece.review) return ok({ reviewId: await rewrite(tx, piece.slug, piece.review, said, now) })
    const [written] = await tx
      .insert(reviews)
      .values({ ...said, accountId, orderId, position, productId: piece.productId, writtenAt: now, changedAt: now })
      .returning({ id: reviews.id })
    if (!written) throw new Error('a row that was inserted did not come back')
    return ok({ reviewId: written.id })
  })
}

type Written = NonNullable<ReviewablePiece['review']>
type Said = Pick<Written, 'stars' | 'title' | 'words' | 'author' | 'locale'>

async function rewrite(tx: Transaction, product: string, before: Written, said: Said, now: Date): Promise<string> {
  const { id, state } = before
  const fields = ['stars', 'title', 'words', 'author'] as const
  if (fields.every((field) => before[field] === said[field])) return id
  await tx
    .update(reviews)
    .set({ ...said, state: 'pending', refusal: null, changedAt: now, version: sql`${reviews.version} + 1` })
    .where(eq(reviews.id, id))
  if (state === 'published') await invalidateTags(tx, [reviewsTag(product)])
  return id
}
