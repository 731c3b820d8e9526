import { expect, test } from 'vitest'
import { addDays, parseShanghaiTime, startOfShanghaiDay, toShanghaiDay, toShanghaiTime } from './shanghai-time.ts'

const table: [instant: string, wallClock: string][] = [
  ['2026-11-21T09:30:00Z', '2026-11-21 17:30:00'],
  ['2026-11-21T16:00:00Z', '2026-11-22 00:00:00'],
  ['2026-12-31T15:59:59Z', '2026-12-31 23:59:59'],
  ['2028-02-28T16:00:00Z', '2028-02-29 00:00:00'],
  ['2026-03-08T07:30:00Z', '2026-03-08 15:30:00'],
]

test.each(table)('%s is %s in Shanghai, and back', (instant, wallClock) => {
  expect(toShanghaiTime(new Date(instant))).toBe(wallClock)
  expect(parseShanghaiTime(wallClock)).toEqual(new Date(instant))
  expect(toShanghaiDay(new Date(instant))).toBe(wallClock.slice(0, 10))
})

test('milliseconds, which refund notices carry, are read', () => {
  expect(parseShanghaiTime('2026-11-21 17:30:00.25')).toEqual(new Date('2026-11-21T09:30:00.250Z'))
})

test.each([
  '2026-02-30 00:00:00',
  '2026-11-21 24:00:00',
  '2026-11-21',
  '2026-11-21T17:30:00',
  '',
  '2026-11-21 17:30:00Z',
])('%j is no wall clock', (text) => {
  expect(parseShanghaiTime(text)).toBeNull()
})

test('a day begins at midnight in Shanghai', () => {
  expect(startOfShanghaiDay('2026-11-21')).toEqual(new Date('2026-11-20T16:00:00Z'))
  expect(startOfShanghaiDay('2026-13-01')).toBeNull()
  expect(addDays(new Date('2026-02-28T00:00:00Z'), 1)).toEqual(new Date('2026-03-01T00:00:00Z'))
})
