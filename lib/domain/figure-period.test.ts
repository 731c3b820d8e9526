import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addMonths, addToDay, daysFrom, lastOfMonth } from './calendar-day.ts'
import {
  type Comparison,
  changeOf,
  comparedWith,
  NAMED_PERIODS,
  type Period,
  stepOf,
  stepsOf,
} from './figure-period.ts'

const TODAY = '2026-03-30'

test.each<[keyof typeof NAMED_PERIODS, string, string]>([
  ['today', '2026-03-30', '2026-03-30'],
  ['yesterday', '2026-03-29', '2026-03-29'],
  ['last_7', '2026-03-24', '2026-03-30'],
  ['last_28', '2026-03-03', '2026-03-30'],
  ['month', '2026-03-01', '2026-03-30'],
  ['last_month', '2026-02-01', '2026-02-28'],
  ['year', '2026-01-01', '2026-03-30'],
  ['last_12_months', '2025-04-01', '2026-03-30'],
])('%s is %s to %s', (name, first, last) => {
  expect(NAMED_PERIODS[name](TODAY)).toEqual({ first, last })
})

test.each<[string, string, Comparison, string, string]>([
  ['2026-03-24', '2026-03-30', 'previous', '2026-03-17', '2026-03-23'],
  ['2026-03-30', '2026-03-30', 'previous', '2026-03-29', '2026-03-29'],
  ['2026-03-01', '2026-03-30', 'previous', '2026-02-01', '2026-02-28'], // there is no 30 February
  ['2026-03-01', '2026-03-31', 'previous', '2026-02-01', '2026-02-28'], // whole months
  ['2026-02-01', '2026-02-28', 'previous', '2026-01-01', '2026-01-31'],
  ['2026-03-01', '2026-03-01', 'previous', '2026-02-28', '2026-02-28'], // a day is compared with the day before
  ['2024-02-29', '2024-02-29', 'year', '2023-02-28', '2023-02-28'],
  ['2026-01-01', '2026-03-30', 'year', '2025-01-01', '2025-03-30'],
])('%s to %s, %s: %s to %s', (first, last, comparison, thenFirst, thenLast) => {
  expect(comparedWith({ first, last }, comparison)).toEqual({ first: thenFirst, last: thenLast })
})

test('nothing is compared with none', () => {
  expect(comparedWith({ first: TODAY, last: TODAY }, 'none')).toBeNull()
})

describe('any period', () => {
  const periods = fc
    .tuple(fc.integer({ min: 0, max: 12_000 }), fc.integer({ min: 0, max: 800 }))
    .map(([from, more]): Period => {
      const first = addToDay('2000-01-01', from)
      return { first, last: addToDay(first, more) }
    })

  test('ends before it what it is compared with, and has every step once and in order', () => {
    fc.assert(
      fc.property(periods, (period) => {
        const before = comparedWith(period, 'previous')
        expect(before && before.last < period.first && before.first <= before.last).toBe(true)
        const steps = stepsOf(period, stepOf(period))
        expect(steps).toEqual([...new Set(steps)].toSorted())
        expect(steps.length).toBeLessThanOrEqual(92)
        expect([steps[0], steps.at(-1)]).toEqual([
          expect.stringContaining(period.first.slice(0, 7)),
          expect.stringContaining(period.last.slice(0, 7)),
        ])
      }),
    )
  })

  test('adding months keeps the day or takes the last of a shorter month', () => {
    fc.assert(
      fc.property(periods, fc.integer({ min: -40, max: 40 }), ({ first }, months) => {
        const then = addMonths(first, months)
        expect(then.slice(8) === first.slice(8) || then === lastOfMonth(then.slice(0, 7))).toBe(true)
      }),
    )
  })
})

test('days are counted with both ends', () => {
  expect(daysFrom('2026-02-28', '2026-03-01')).toBe(2)
})

test.each([
  [150n, 100n, 5000],
  [50n, 100n, -5000],
  [1n, 3n, -6666],
  [-50n, -100n, 5000],
  [5n, 0n, null],
])('from %s after %s is a change of %s', (now, before, change) => {
  expect(changeOf(now, before)).toBe(change)
})
