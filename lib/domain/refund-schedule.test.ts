import { expect, test } from 'vitest'
import { nextRefundQueryAt } from './refund-schedule.ts'

const SENT = new Date('2026-11-21T12:00:00Z')
const after = (minutes: number) => new Date(SENT.getTime() + minutes * 60_000)

test.each([
  [0, 1],
  [1, 2],
  [4, 5],
  [5, 10],
  [10, 20],
  [20, 40],
  [40, 60],
  [24 * 60, 30 * 60],
  [7 * 24 * 60, 7 * 24 * 60 + 360],
])('asked after %s minutes, it is asked again after %s', (asked, again) => {
  expect(nextRefundQueryAt(SENT, after(asked))).toEqual(after(again))
})

test('a month has fewer than 300 questions, and no end', () => {
  let questions = 0
  for (let now = SENT; now < after(30 * 24 * 60); now = nextRefundQueryAt(SENT, now)) questions++
  expect(questions).toBeGreaterThan(100)
  expect(questions).toBeLessThan(300)
})
