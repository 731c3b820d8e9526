import { expect, test } from 'vitest'
import { billWindow, isWithin, lastReadyDay } from './bill-day.ts'

test.each([
  [0, '2026-11-19T16:00:00.000Z', '2026-11-20T16:00:00.000Z'],
  [-1, '2026-11-19T15:00:00.000Z', '2026-11-20T15:00:00.000Z'],
])('a day that begins at %i', (startsAt, from, to) => {
  const window = billWindow('2026-11-20', startsAt)
  expect(window).toEqual({ from: new Date(from), to: new Date(to) })
  expect(isWithin(window.from, window)).toBe(true)
  expect(isWithin(window.to, window)).toBe(false)
})

test('what is no day is a bug', () => {
  expect(() => billWindow('2026-02-30', 0)).toThrow(RangeError)
})

test.each([
  ['2026-11-21T01:59:59Z', 10, '2026-11-19'],
  ['2026-11-21T02:00:00Z', 10, '2026-11-20'],
  ['2026-11-21T16:30:00Z', 10, '2026-11-20'],
  ['2026-03-01T01:00:00Z', 9, '2026-02-28'],
])('at %s the last bill that is ready at %i is of %s', (now, readyAt, day) => {
  expect(lastReadyDay(new Date(now), readyAt)).toBe(day)
})
