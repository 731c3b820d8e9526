import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeOrderNumber, ORDER_NUMBER_BYTES, parseOrderNumber } from './order-number.ts'

const random = fc.uint8Array({ minLength: ORDER_NUMBER_BYTES, maxLength: ORDER_NUMBER_BYTES })
const number = random.map((bytes) => makeOrderNumber(new Date('2026-11-21T12:00:00Z'), bytes))

test('reads back what it made, also as people type it', () => {
  fc.assert(
    fc.property(number, (made) => {
      expect(made).toMatch(/^261121[34679ACDEFGHJKMNPQRTWXY]{13}$/)
      expect(parseOrderNumber(made)).toBe(made)
      expect(parseOrderNumber(` ${made.slice(0, 6).toLowerCase()}-${made.slice(6).toLowerCase()} `)).toBe(made)
    }),
  )
})

test('finds every single wrong character', () => {
  fc.assert(
    fc.property(number, fc.nat(18), fc.constantFrom(...'0123456789ACDEFGHJKMNPQRTWXY'), (made, place, other) => {
      fc.pre(made[place] !== other)
      expect(parseOrderNumber(made.slice(0, place) + other + made.slice(place + 1))).toBeNull()
    }),
    { numRuns: 5000 },
  )
})

test('finds every two characters that changed places', () => {
  fc.assert(
    fc.property(number, fc.nat(17), (made, place) => {
      const [a = '', b = ''] = made.slice(place, place + 2)
      fc.pre(a !== b)
      expect(parseOrderNumber(made.slice(0, place) + b + a + made.slice(place + 2))).toBeNull()
    }),
    { numRuns: 5000 },
  )
})

test.each([
  ['2026-11-20T15:59:59.999Z', '261120'],
  ['2026-11-20T16:00:00Z', '261121'], // midnight in China
  ['2028-02-28T16:00:00Z', '280229'],
  ['2026-12-31T16:00:00Z', '270101'],
])('the day of %s is %s, that of China', (at, day) => {
  expect(makeOrderNumber(new Date(at), new Uint8Array(ORDER_NUMBER_BYTES)).slice(0, 6)).toBe(day)
})

test('a million numbers of one day do not meet', () => {
  const day = new Date('2026-11-21T12:00:00Z')
  const bytes = randomBytes(ORDER_NUMBER_BYTES * 1_000_000)
  const seen = new Set<string>()
  for (let at = 0; at < bytes.length; at += ORDER_NUMBER_BYTES)
    seen.add(makeOrderNumber(day, bytes.subarray(at, at + ORDER_NUMBER_BYTES)))
  expect(seen.size).toBe(1_000_000)
}, 30_000)
