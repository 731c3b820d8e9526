import type { Locale } from './locale.ts'
import { follow, type Transitions } from './transition.ts'

export const REVIEW_STATES = ['pending', 'published', 'refused'] as const
export type ReviewState = (typeof REVIEW_STATES)[number]
export type ReviewEvent = 'rewritten' | 'published' | 'refused'

/**
 * The life of a review. Nothing is shown that nobody read, so what its author changes is read anew; what was shown can
 * be taken off the page, and what was refused can still be shown.
 */
export const REVIEW_TRANSITIONS = {
  pending: { rewritten: 'pending', published: 'published', refused: 'refused' },
  published: { rewritten: 'pending', refused: 'refused' },
  refused: { rewritten: 'pending', published: 'published' },
} as const satisfies Transitions<ReviewState, ReviewEvent>

/** What the review becomes, or null when it can't go there from `from`. */
export const nextReviewState = (from: ReviewState, event: ReviewEvent): ReviewState | null =>
  follow(REVIEW_TRANSITIONS, from, event)

export const MOST_STARS = 5
/** From the best down, as the form offers them. */
export const STARS = [5, 4, 3, 2, 1] as const
export type Stars = (typeof STARS)[number]

/** Characters. */
export const REVIEW_AT_MOST = { title: 120, words: 2_000, author: 40, answer: 2_000 } as const

export type ReviewText = { readonly title: string; readonly words: string; readonly author: string }

/** Signs that cannot be seen, line ends apart: some turn the direction of all that follows them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu
/** Holds emoji and letters of some scripts together, and is seen by that. */
const JOINERS = /[\u200c\u200d]/

const seen = (text: string) => text.replace(UNSEEN, (sign) => (sign === '\n' || JOINERS.test(sign) ? sign : ''))

/** One line of text as it is kept: composed, without unseen signs and doubled spaces. */
export const tidyLine = (typed: string): string => seen(typed.normalize('NFC').replace(/\s+/g, ' ')).trim()

/** Text in paragraphs as it is kept: at most one empty line between two. */
export const tidyParagraphs = (typed: string): string =>
  seen(typed.normalize('NFC').replace(/\r\n?|\u2028|\u2029/g, '\n'))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** What a piece's reviews come to. `tenths`: the mean in tenths of a star, rounded half up; 10 to 50. */
export type ReviewSummary = { readonly count: number; readonly tenths: number }

/** @param sum of all stars. Null for a piece without reviews: there is no mean of nothing. */
export const summarise = (count: number, sum: number): ReviewSummary | null =>
  count === 0 ? null : { count, tenths: Math.floor((sum * 20 + count) / (2 * count)) }

/** A review as the page of its piece shows it. */
export type PieceReview = {
  readonly id: string
  readonly stars: number
  readonly title: string
  readonly words: string
  readonly author: string
  readonly locale: Locale
  readonly answer: string | null
  readonly writtenAt: Date
}

/** `summary` is of all reviews, `shown` the latest of them. */
export type PieceReviews = { readonly summary: ReviewSummary | null; readonly shown: readonly PieceReview[] }
