import { expect, test } from 'vitest'
import { closedMonths, isMonth, monthAfter, monthOf, oldestKept, startOfMonth } from './archive-month.ts'

test('a month begins at midnight in Shanghai', () => {
  expect(startOfMonth('2026-11').toISOString()).toBe('2026-10-31T16:00:00.000Z')
  expect(monthOf(new Date('2026-10-31T15:59:59.999Z'))).toBe('2026-10')
  expect(monthOf(new Date('2026-10-31T16:00:00.000Z'))).toBe('2026-11')
})

test.each([
  ['2026-11', '2026-12'],
  ['2026-12', '2027-01'],
  ['2026-01', '2026-02'],
])('after %s comes %s', (month, next) => {
  expect(monthAfter(month)).toBe(next)
})

test('a month is closed two days after its end', () => {
  const twoDaysAfter = new Date('2026-11-02T16:00:00Z')
  expect(closedMonths('2026-09', twoDaysAfter)).toEqual(['2026-09', '2026-10'])
  expect(closedMonths('2026-09', new Date(twoDaysAfter.getTime() - 1))).toEqual(['2026-09'])
  expect(closedMonths('2026-11', twoDaysAfter)).toEqual([])
})

test('five years back', () => {
  expect(oldestKept(new Date('2026-11-21T00:00:00Z'), 5)).toBe('2021-11')
})

test.each(['2026-13', '2026-00', '2026-1', '26-01', '2026-11-01', ''])('%s is no month', (text) => {
  expect(isMonth(text)).toBe(false)
  expect(() => startOfMonth(text)).toThrow(RangeError)
})
