import { expect, test } from 'vitest'
import { labelOf } from './label-of.ts'

test.each([
  ['en', 'Add to cart: Mug'],
  ['fr', 'Add to cart\u00a0: Mug'],
  ['zh', 'Add to cart：Mug'],
] as const)('a colon as %s sets it', (locale, expected) => {
  expect(labelOf('Add to cart', 'Mug', locale)).toBe(expected)
})
