import { expect, test } from 'vitest'
import { parseTxnTime, parseYearlessTime, settlementDay, toTxnTime } from './times.ts'

test.each([
  ['2026-11-21T09:30:00.999Z', '20261121173000'],
  ['2026-12-31T16:00:00Z', '20270101000000'],
  ['2028-02-28T16:00:00Z', '20280229000000'],
])('%s is %s in China', (instant, text) => {
  expect(toTxnTime(new Date(instant))).toBe(text)
  expect(parseTxnTime(text)?.getTime()).toBe(Math.trunc(Date.parse(instant) / 1000) * 1000)
})

test.each([
  '',
  '2026112117300',
  '202611211730000',
  '20261301000000',
  '20260230000000',
  '20261121240000',
  '2026112117300x',
])('“%s” is no time', (text) => expect(parseTxnTime(text)).toBeNull())

test.each([
  ['1231235959', '2027-01-01T00:00:30+08:00', '2026-12-31T15:59:59.000Z'],
  ['0101000001', '2026-12-31T23:59:00+08:00', '2026-12-31T16:00:01.000Z'],
  ['1121173005', '2026-11-21T17:30:00+08:00', '2026-11-21T09:30:05.000Z'],
  ['0229120000', '2027-03-01T00:00:00+08:00', '2028-02-29T04:00:00.000Z'],
])('%s near %s', (text, near, instant) => {
  expect(parseYearlessTime(text, new Date(near))?.toISOString()).toBe(instant)
})

test.each(['', '1301000000', '11211730', '112117300000'])('“%s” is no time in any year', (text) => {
  expect(parseYearlessTime(text, new Date('2026-11-21'))).toBeNull()
})

test.each([
  ['2026-11-21T22:59:59+08:00', '2026-11-21'],
  ['2026-11-21T23:00:00+08:00', '2026-11-22'],
  ['2026-12-31T23:30:00+08:00', '2027-01-01'],
])('%s belongs to the settlement day %s', (instant, day) => {
  expect(settlementDay(new Date(instant))).toBe(day)
})
