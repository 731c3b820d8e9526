'use server'

import { z } from 'zod'
import { staffAction } from '#app/_doors/staff-action.ts'
import { answerReview, type JudgeReviewError, publishReview, refuseReview } from '#db/reviews/judge-review.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { REVIEW_AT_MOST, tidyParagraphs } from '#lib/domain/review.ts'
import { done, type Outcome, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import type { Result } from '#lib/result.ts'

const Words = z.string().max(REVIEW_AT_MOST.answer).transform(tidyParagraphs)
const Review = z.object({ reviewId: z.uuid(), version: z.coerce.number().int().positive() })
const Answered = Review.extend({ answer: Words })

/** Shows a review on the page of its piece. */
export const publishReviewAction = staffAction('reviews.moderate', Answered, async (input, { permit, locale, ip }) =>
  tell(await publishReview(permit, { ...input, ip }), locale),
)

/** Keeps a review from the page, or takes it off. */
export const refuseReviewAction = staffAction(
  'reviews.moderate',
  Review.extend({ reason: Words }),
  async (input, { permit, locale, ip }) => tell(await refuseReview(permit, { ...input, ip }), locale),
)

/** Changes what we say to a review that is shown. */
export const answerReviewAction = staffAction('reviews.moderate', Answered, async (input, { permit, locale, ip }) =>
  tell(await answerReview(permit, { ...input, ip }), locale),
)

const tell = (judged: Result<null, JudgeReviewError>, locale: Locale): Outcome =>
  judged.ok ? done() : refused(translator(locale)(`officeReviews.refused.${judged.error.code}`))
