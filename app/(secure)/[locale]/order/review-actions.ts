'use server'

import { z } from 'zod'
import { customerAction } from '#app/_doors/customer-action.ts'
import { openAccountOrder } from '#db/orders/open-order.ts'
import { withdrawReview } from '#db/reviews/withdraw-review.ts'
import { writeReview } from '#db/reviews/write-review.ts'
import { REVIEW_AT_MOST, STARS, type Stars, tidyLine, tidyParagraphs } from '#lib/domain/review.ts'
import { done, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'

const line = (most: number) => z.string().max(most).transform(tidyLine).pipe(z.string().min(1))
const isStars = (number: number): number is Stars => (STARS as readonly number[]).includes(number)

/** Takes what a customer says of a piece of an order of theirs. */
export const writeReviewAction = customerAction(
  z.object({
    number: z.string().max(40),
    position: z.coerce.number().int().min(0).max(999),
    stars: z.coerce.number().refine(isStars),
    title: line(REVIEW_AT_MOST.title),
    words: z.string().max(REVIEW_AT_MOST.words).transform(tidyParagraphs).pipe(z.string().min(1)),
    author: line(REVIEW_AT_MOST.author),
  }),
  async ({ number, ...said }, { account, locale }) => {
    const t = translator(locale)
    const order = await openAccountOrder(account.id, number)
    const written = order && (await writeReview({ ...said, accountId: account.id, orderId: order.id, locale }))
    return written?.ok ? done(t('reviews.said.kept')) : refused(t('reviews.said.unknown'))
  },
)

/** Its author takes it back. */
export const withdrawReviewAction = customerAction(
  z.object({ reviewId: z.uuid() }),
  async ({ reviewId }, { account, locale }) => {
    await withdrawReview(account.id, reviewId)
    return done(translator(locale)('reviews.said.withdrawn'))
  },
)
