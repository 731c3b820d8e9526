import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toFen } from './money.ts'
import { isQuantity, orderTotals } from './pricing.ts'

const line = fc.record({
  unitPrice: fc.bigInt({ min: 0n, max: 10n ** 9n }).map(toFen),
  quantity: fc.integer({ min: 1, max: 99 }),
})

test('the total is every unit once plus shipping', () => {
  fc.assert(
    fc.property(fc.array(line), fc.bigInt({ min: 0n, max: 10n ** 6n }).map(toFen), (lines, shipping) => {
      const units = lines.flatMap(({ unitPrice, quantity }) => Array.from({ length: quantity }, () => unitPrice))
      const { subtotal, total } = orderTotals(lines, shipping)
      expect(subtotal).toBe(units.reduce((sum: bigint, price) => sum + price, 0n))
      expect(total).toBe(subtotal + shipping)
    }),
  )
})

test.each([0, -1, 1.5, 100, 1e9, Number.NaN, Number.POSITIVE_INFINITY])('%s is no quantity', (quantity) => {
  expect(isQuantity(quantity)).toBe(false)
  expect(() => orderTotals([{ unitPrice: toFen(1n), quantity }], toFen(0n))).toThrow(RangeError)
})

test('negative prices and shipping are bugs', () => {
  expect(() => orderTotals([{ unitPrice: toFen(-1n), quantity: 1 }], toFen(0n))).toThrow(RangeError)
  expect(() => orderTotals([], toFen(-1n))).toThrow(RangeError)
})
