import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keptBackups } from './backup-retention.ts'

const at = (text: string) => new Date(text)
const LATER = at('2100-01-01T00:00:00Z')
const kept = (dates: string[], rule: { days: number; weeks: number; months: number }) =>
  [...keptBackups(dates.map(at), rule, LATER)].map((date) => date.toISOString().slice(0, 13)).toSorted()

test('the newest of each day', () => {
  const dates = ['2026-11-19T03', '2026-11-20T03', '2026-11-20T15', '2026-11-21T03'].map((hour) => `${hour}:00:00Z`)
  expect(kept(dates, { days: 2, weeks: 0, months: 0 })).toEqual(['2026-11-20T15', '2026-11-21T03'])
})

test('weeks begin on Monday', () => {
  const dates = ['2026-11-14', '2026-11-15', '2026-11-16', '2026-11-22'].map((day) => `${day}T03:00:00Z`)
  expect(kept(dates, { days: 0, weeks: 2, months: 0 })).toEqual(['2026-11-15T03', '2026-11-22T03'])
})

test('a month without a backup takes no place', () => {
  const dates = ['2026-03-01', '2026-07-31', '2026-11-01', '2026-11-21'].map((day) => `${day}T03:00:00Z`)
  expect(kept(dates, { days: 0, weeks: 0, months: 2 })).toEqual(['2026-07-31T03', '2026-11-21T03'])
})

test('what is younger than a day stays', () => {
  const dates = ['2026-11-20T03:00:00Z', '2026-11-20T14:00:00Z', '2026-11-21T03:00:00Z'].map(at)
  expect(keptBackups(dates, { days: 0, weeks: 0, months: 0 }, at('2026-11-21T04:00:00Z')).size).toBe(2)
})

test('nothing is kept of nothing, and the newest of anything', () => {
  expect(keptBackups([], { days: 7, weeks: 5, months: 12 }, LATER).size).toBe(0)
  const dates = fc.array(fc.date({ noInvalidDate: true, min: at('2000-01-01'), max: at('2099-01-01') }), {
    minLength: 1,
  })
  fc.assert(
    fc.property(dates, fc.nat(10), fc.nat(10), fc.nat(10), (all, days, weeks, months) => {
      const left = keptBackups(all, { days, weeks, months }, LATER)
      const newest = Math.max(...all.map((date) => date.getTime()))
      expect([...left].some((date) => date.getTime() === newest)).toBe(true)
      expect(left.size).toBeLessThanOrEqual(1 + days + weeks + months)
      // A second look keeps the same: what goes tonight is not what tomorrow's rule would have kept.
      expect(keptBackups([...left], { days, weeks, months }, LATER)).toEqual(left)
    }),
  )
})
