import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MergeLine, mergeCarts } from './merge-carts.ts'
import { toFen } from './money.ts'
import { MAX_LINES, MAX_QUANTITY } from './pricing.ts'

const line = fc.record({
  variantId: fc.integer({ min: 1, max: 90 }),
  quantity: fc.integer({ min: 1, max: MAX_QUANTITY }),
  priceSeen: fc.integer({ min: 1, max: 3 }).map((fen) => toFen(BigInt(fen))),
  addedAt: fc.integer({ min: 0, max: 4 }).map((day) => new Date(day * 86_400_000)),
})
const cart = fc.uniqueArray(line, { selector: ({ variantId }) => variantId, maxLength: MAX_LINES })

const quantities = (lines: readonly MergeLine[]) =>
  new Map(lines.map(({ variantId, quantity }) => [variantId, quantity]))

test('a piece in both carts is there once, with the greater number', () => {
  fc.assert(
    fc.property(cart, cart, (browser, kept) => {
      const [mine, theirs, both] = [quantities(browser), quantities(kept), quantities(mergeCarts(browser, kept))]
      for (const [variantId, quantity] of both)
        expect(quantity).toBe(Math.max(mine.get(variantId) ?? 0, theirs.get(variantId) ?? 0))
    }),
  )
})

test('nothing is lost as long as there is room, and there is never more than a cart holds', () => {
  fc.assert(
    fc.property(cart, cart, (browser, kept) => {
      const all = new Set([...browser, ...kept].map(({ variantId }) => variantId))
      const merged = mergeCarts(browser, kept)
      expect(merged).toHaveLength(Math.min(all.size, MAX_LINES))
      expect(new Set(merged.map(({ variantId }) => variantId)).size).toBe(merged.length)
    }),
  )
})

test('signing in again changes nothing, and it makes no difference which cart is which', () => {
  fc.assert(
    fc.property(cart, cart, (browser, kept) => {
      const merged = mergeCarts(browser, kept)
      expect(mergeCarts(merged, kept)).toEqual(merged)
      expect(mergeCarts(merged, merged)).toEqual(merged)
      expect(mergeCarts(kept, browser)).toEqual(merged)
    }),
  )
})

test('an empty cart leaves the other as it was', () => {
  fc.assert(
    fc.property(cart, (kept) => {
      expect(quantities(mergeCarts([], kept))).toEqual(quantities(kept))
    }),
  )
})
