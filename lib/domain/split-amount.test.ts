import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sumFen, toFen } from './money.ts'
import { splitAmount } from './split-amount.ts'

const split = (amount: bigint, ...weights: bigint[]) => splitAmount(toFen(amount), weights.map(toFen)).map(Number)

test.each([
  ['evenly', split(90n, 1n, 1n, 1n), [30, 30, 30]],
  ['the fen that is left to the first of equals', split(100n, 1n, 1n, 1n), [34, 33, 33]],
  ['the fen that is left to the largest remainder', split(10n, 15n, 25n, 60n), [2, 2, 6]],
  ['by what they cost', split(50n, 300n, 100n, 600n), [15, 5, 30]],
  ['nothing', split(0n, 3n, 4n), [0, 0]],
  ['nothing among nothing', split(0n), []],
  ['a weight of nothing gets nothing', split(7n, 0n, 7n, 0n), [0, 7, 0]],
])('%s', (_name, shares, wanted) => {
  expect(shares).toEqual(wanted)
})

test.each([
  [-1n, [1n]],
  [1n, [-1n, 2n]],
  [1n, []],
  [1n, [0n, 0n]],
] as const)('%s among %s can not be', (amount, weights) => {
  expect(() => splitAmount(toFen(amount), weights.map(toFen))).toThrow(RangeError)
})

const weights = fc.array(fc.bigInt({ min: 0n, max: 10_000_000n }).map(toFen), { minLength: 1, maxLength: 50 })

test('shares sum to the amount, none is off by a fen or more, and none exceeds its weight', () => {
  fc.assert(
    fc.property(weights, fc.bigInt({ min: 0n, max: 1_000_000n }), (given, part) => {
      const whole = sumFen(given)
      fc.pre(whole > 0n)
      const amount = toFen((whole * part) / 1_000_000n)
      const shares = splitAmount(amount, given)
      expect(sumFen(shares)).toBe(amount)
      for (const [place, share] of shares.entries()) {
        const weight = given[place] ?? 0n
        const off = share * whole - amount * weight
        expect(off < whole && off > -whole).toBe(true)
        expect(share <= weight).toBe(true)
      }
    }),
  )
})
