import { expect, test } from 'vitest'
import { CartInput } from './cart-input.ts'

test.each(['0', '-1', '1.5', '1e9', '1e1', 'two', '', ' 1', '١', '100', 0, -1, 1.5, 1e9, Number.NaN, null, [], {}])(
  'the quantity %j is refused at the field',
  (quantity) => {
    const parsed = CartInput.safeParse({ sku: 'CPT-RT90-CEL', quantity })
    expect(parsed.success).toBe(false)
    expect(parsed.error?.issues[0]?.path).toEqual(['quantity'])
  },
)

test.each([
  ['1', 1],
  ['99', 99],
  [7, 7],
])('the quantity %j is taken', (quantity, expected) => {
  expect(CartInput.parse({ sku: 'CPT-RT90-CEL', quantity }).quantity).toBe(expected)
})

test.each(['', 'x'.repeat(65), 'a b', 'a\u0000', 'é', '\n'])('the sku %j is refused', (sku) => {
  expect(CartInput.safeParse({ sku }).success).toBe(false)
})

test('without a word on how many or what to do, one more is meant', () => {
  expect(CartInput.parse({ sku: 'A' })).toEqual({ sku: 'A', operation: 'add', quantity: 1 })
})
