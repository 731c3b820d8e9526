import fc from 'fast-check'
import { expect, test } from 'vitest'
import { labelled, placeOn, roundAxis } from './plot-scale.ts'

test.each([
  [0, 0, [0, 1]],
  [0, 3, [0, 1, 2, 3]],
  [0, 97, [0, 50, 100]],
  [0, 1234, [0, 500, 1000, 1500]],
  [-30, 80, [-50, 0, 50, 100]],
])('values from %s to %s stand on an axis of %j', (lowest, highest, ticks) => {
  expect(roundAxis(lowest, highest).ticks).toEqual(ticks)
})

test('every value finds its place between the ends, and no axis has many numbers', () => {
  const values = fc.array(fc.integer({ min: -1_000_000, max: 9_000_000_000_000 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(values, (all) => {
      const axis = roundAxis(Math.min(...all), Math.max(...all))
      expect(axis.ticks.length).toBeLessThanOrEqual(6)
      for (const value of all) {
        const place = placeOn(axis, value)
        expect(place >= 0 && place <= 1).toBe(true)
      }
      expect(placeOn(axis, axis.from)).toBe(0)
      expect(placeOn(axis, axis.to)).toBe(1)
    }),
  )
})

test.each([
  [7, 8, [0, 1, 2, 3, 4, 5, 6]],
  [28, 8, [0, 4, 8, 12, 16, 20, 24]],
  [24, 8, [0, 3, 6, 9, 12, 15, 18, 21]],
])('%i steps with room for %i labels', (count, most, indexes) => {
  expect(labelled(count, most)).toEqual(indexes)
})
