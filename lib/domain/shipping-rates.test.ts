import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ZONES } from './destinations.ts'
import { toFen } from './money.ts'
import { ratesTo, shippingCost } from './shipping-rates.ts'

const [standard, express] = ratesTo('mainland')
if (!standard || !express) throw new Error('the mainland has two ways of sending')

const table: [name: string, weightG: number, value: bigint, fen: bigint][] = [
  ['a cup', 90, 48_00n, 15_00n],
  ['exactly a kilogram', 1_000, 48_00n, 15_00n],
  ['a gram more is a kilogram begun', 1_001, 48_00n, 20_00n],
  ['a moon jar', 3_400, 299_99n, 30_00n],
  ['free from 300 yuan on', 3_400, 300_00n, 0n],
]
test.each(table)('standard to the mainland: %s', (_name, weightG, value, fen) => {
  expect(shippingCost(standard, { weightG, value: toFen(value) })).toBe(fen)
})

test('express always costs', () => {
  expect(shippingCost(express, { weightG: 500, value: toFen(9_999_00n) })).toBe(28_00n)
})

test.each([0, -1, 0.5, Number.NaN])('a parcel of %s g is a bug', (weightG) => {
  expect(() => shippingCost(standard, { weightG, value: toFen(1n) })).toThrow(RangeError)
})

test('a heavier parcel of the same value never costs less, to any zone', () => {
  const grams = fc.integer({ min: 1, max: 50_000 })
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), grams, grams, fc.bigInt({ min: 1n, max: 500_000n }), (zone, a, b, fen) => {
      const [light, heavy] = a < b ? [a, b] : [b, a]
      for (const rate of ratesTo(zone)) {
        const value = toFen(fen)
        expect(shippingCost(rate, { weightG: light, value }) <= shippingCost(rate, { weightG: heavy, value })).toBe(
          true,
        )
      }
    }),
  )
})
