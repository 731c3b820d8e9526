import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCouponCode } from './coupon-code.ts'

const table: [typed: string, code: string | null][] = [
  ['SPRING', 'SPRING'],
  ['  spring-26 ', 'SPRING-26'],
  ['spr ing–26', 'SPRING-26'],
  ['ＳＰＲＩＮＧ２６', 'SPRING26'],
  ['春天二十', '春天二十'],
  ['ab', null],
  ['-abc', null],
  ['A'.repeat(33), null],
  ['SPRING@20', null],
  ["'; drop table", null],
  ['', null],
  ['\u202eGNIRPS', null],
]
test.each(table)('%j is the code %s', (typed, code) => {
  expect(readCouponCode(typed)).toBe(code)
})

test('a code reads as itself', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (typed) => {
      const code = readCouponCode(typed)
      if (code !== null) expect(readCouponCode(code)).toBe(code)
    }),
    { numRuns: 2_000 },
  )
})
