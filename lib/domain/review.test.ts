import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  nextReviewState,
  type ReviewEvent,
  type ReviewState,
  STARS,
  summarise,
  tidyLine,
  tidyParagraphs,
} from './review.ts'

const table: readonly (readonly [ReviewState, ReviewEvent, ReviewState | null])[] = [
  ['pending', 'published', 'published'],
  ['pending', 'refused', 'refused'],
  ['pending', 'rewritten', 'pending'],
  ['published', 'published', null], // of two who publish the second hears of the first
  ['published', 'refused', 'refused'],
  ['published', 'rewritten', 'pending'], // nobody has read the new words
  ['refused', 'refused', null],
  ['refused', 'published', 'published'],
  ['refused', 'rewritten', 'pending'],
]
test.each(table)('%s + %s → %s', (from, event, to) => {
  expect(nextReviewState(from, event)).toBe(to)
})

test.each([
  ['  Good\t\tpot \n', 'Good pot'],
  ['a\u202eb\u2066c\u0000', 'abc'],
  ['<b>bold</b> & =SUM(A1)', '<b>bold</b> & =SUM(A1)'],
  ['茶壶很好👩‍🎨', '茶壶很好👩‍🎨'],
  ['cafe\u0301', 'café'],
])('a line %j is kept as %j', (typed, kept) => {
  expect(tidyLine(typed)).toBe(kept)
})

test.each([
  ['one\r\ntwo\r\n\r\n\r\n\r\nthree  four', 'one\ntwo\n\nthree four'],
  ['\n\n \n', ''],
  ['a \u202e\n b', 'a\nb'],
])('paragraphs %j are kept as %j', (typed, kept) => {
  expect(tidyParagraphs(typed)).toBe(kept)
})

test('tidying twice changes nothing more, and leaves no sign that turns the direction', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
      for (const tidy of [tidyLine, tidyParagraphs]) {
        const kept = tidy(typed)
        expect(tidy(kept)).toBe(kept)
        expect(kept).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
      }
    }),
  )
})

test('the mean lies between the worst and the best, within half a tenth of the truth', () => {
  expect(summarise(0, 0)).toBeNull()
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...STARS), { minLength: 1, maxLength: 500 }), (stars) => {
      const sum = stars.reduce<number>((total, one) => total + one, 0)
      const { count, tenths } = summarise(stars.length, sum) ?? { count: 0, tenths: 0 }
      expect(count).toBe(stars.length)
      expect(Number.isInteger(tenths)).toBe(true)
      expect(Math.abs(tenths - (10 * sum) / count)).toBeLessThanOrEqual(0.5)
    }),
  )
})
