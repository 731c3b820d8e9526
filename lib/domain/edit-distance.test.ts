import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allowedSlips, editDistance } from './edit-distance.ts'

test.each([
  ['', '', 0],
  ['teapot', 'teapot', 0],
  ['tepot', 'teapot', 1],
  ['celadn', 'celadon', 1],
  ['bwol', 'bowl', 1],
  ['theirre', 'theiere', 1],
  ['mug', 'jug', 1],
  ['cup', '', 3],
  ['kitten', 'sitting', 3],
])('%s → %s takes %i', (from, to, slips) => {
  expect(editDistance(from, to)).toBe(slips)
})

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })

test('is the same both ways, zero for the same word alone, and never more than the longer word', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      const slips = editDistance(one, other)
      expect(slips).toBe(editDistance(other, one))
      expect(slips === 0).toBe(one === other)
      expect(slips).toBeLessThanOrEqual(Math.max(one.length, other.length))
      expect(slips).toBeGreaterThanOrEqual(Math.abs(one.length - other.length))
    }),
  )
})

test.each([
  ['an', 0],
  ['mug', 1],
  ['tepot', 1],
  ['celadn', 2],
])('%s may be off by %i', (typed, slips) => {
  expect(allowedSlips(typed)).toBe(slips)
})
