import 'server-only'
import { eq } from 'drizzle-orm'
import { reviewsTag } from '#lib/domain/cache-tags.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { nextReviewState, type ReviewState } from '#lib/domain/review.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { products } from '../catalog/schema.ts'
import { db, type Transaction } from '../client.ts'
import { invalidateTags } from '../invalidations/invalidate-tags.ts'
import { reviews } from './schema.ts'

type ReviewPermit = Permit<'reviews.moderate'>
export type JudgedReview = {
  readonly reviewId: string
  /** Of the words that were read. */
  readonly version: number
  readonly ip: string | null
}

export type JudgeReviewError =
  /** Its author took it back. */
  | { readonly code: 'unknown_review' }
  /** Its author changed it since it was read. */
  | { readonly code: 'rewritten' }
  /** Somebody else was faster. */
  | { readonly code: 'decided_before'; readonly state: ReviewState }
  /** Nobody is refused without a word. */
  | { readonly code: 'words_missing' }

type Judged = Result<null, JudgeReviewError>
type Row = typeof reviews.$inferSelect

/** Shows a review on the page of its piece, with an answer of ours beneath it where there is one. */
export const publishReview = (permit: ReviewPermit, { answer, ...judged }: JudgedReview & { answer: string }) =>
  judge(permit, judged, ({ state }) => {
    const next = nextReviewState(state, 'published')
    return next === null
      ? err({ code: 'decided_before', state })
      : ok({ state: next, refusal: null, answer: answer || null })
  })

/** Keeps a review from the page, or takes it off, and tells its author why. */
export const refuseReview = (permit: ReviewPermit, { reason, ...judged }: JudgedReview & { reason: string }) =>
  judge(permit, judged, ({ state }) => {
    if (reason === '') return err({ code: 'words_missing' })
    const next = nextReviewState(state, 'refused')
    return next === null ? err({ code: 'decided_before', state }) : ok({ state: next, refusal: reason })
  })

/** Changes what we say to a review that is shown; an empty answer takes it away. */
export const answerReview = (permit: ReviewPermit, { answer, ...judged }: JudgedReview & { answer: string }) =>
  judge(permit, judged, ({ state }) =>
    state === 'published' ? ok({ answer: answer || null }) : err({ code: 'decided_before', state }),
  )

async function judge(
  permit: ReviewPermit,
  { reviewId, version, ip }: JudgedReview,
  decide: (review: Row) => Result<Partial<Row>, JudgeReviewError>,
): Promise<Judged> {
  return db.transaction(async (tx) => {
    const [before] = await tx.select().from(reviews).where(eq(reviews.id, reviewId)).for('update')
    if (!before) return err({ code: 'unknown_review' })
    if (before.version !== version) return err({ code: 'rewritten' })
    const decided = decide(before)
    if (!decided.ok) return decided
    await write(tx, permit, before, { ...decided.value, ip })
    return ok(null)
  })
}

async function write(
  tx: Transaction,
  permit: ReviewPermit,
  before: Row,
  { ip, ...change }: Partial<Row> & { ip: string | null },
): Promise<void> {
  const actor = staffActor(permit)
  const after = { ...before, ...change }
  await tx
    .update(reviews)
    .set({ ...change, decidedBy: actor, decidedAt: new Date() })
    .where(eq(reviews.id, before.id))
  await appendAuditEntry(tx, {
    actor,
    action: 'reviews.moderate',
    about: { kind: 'review', id: before.id },
    // Whose words these are stands in the review alone, so that it can be erased.
    before: { state: before.state, stars: before.stars, answer: before.answer },
    after: { state: after.state, stars: after.stars, answer: after.answer },
    reason: change.refusal,
    ip,
  })
  if (before.state !== 'published' && after.state !== 'published') return
  const [piece] = await tx.select({ slug: products.slug }).from(products).where(eq(products.id, before.productId))
  if (piece) await invalidateTags(tx, [reviewsTag(piece.slug)])
}
