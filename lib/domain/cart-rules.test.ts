import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type CartChangeFacts,
  type CartLineFacts,
  type CartNotice,
  cartNotices,
  cartOutcome,
  cartSubtotal,
  lineTotal,
  payableUnits,
} from './cart-rules.ts'
import { toFen } from './money.ts'

const line = (facts: Partial<CartLineFacts>): CartLineFacts => ({
  quantity: 1,
  unitPrice: toFen(100n),
  priceSeen: toFen(100n),
  available: 10,
  ...facts,
})

const notices: [name: string, facts: Partial<CartLineFacts>, expected: CartNotice[]][] = [
  ['nothing changed', {}, []],
  ['sold out says nothing else', { available: 0, priceSeen: toFen(90n) }, [{ kind: 'sold_out' }]],
  ['stock fell', { quantity: 3, available: 2 }, [{ kind: 'only_left', left: 2 }]],
  ['price rose', { priceSeen: toFen(90n) }, [{ kind: 'price_changed', from: toFen(90n), to: toFen(100n) }]],
  [
    'both',
    { quantity: 3, available: 2, priceSeen: toFen(110n) },
    [
      { kind: 'only_left', left: 2 },
      { kind: 'price_changed', from: toFen(110n), to: toFen(100n) },
    ],
  ],
]
test.each(notices)('notices: %s', (_name, facts, expected) => {
  expect(cartNotices(line(facts))).toEqual(expected)
})

const outcomes: [name: string, facts: CartChangeFacts, kind: string][] = [
  ['added', { operation: 'add', asked: 2, before: 1, after: 3, available: 9 }, 'done'],
  ['added as far as stock goes', { operation: 'add', asked: 2, before: 1, after: 2, available: 2 }, 'limited'],
  ['set', { operation: 'set', asked: 2, before: 5, after: 2, available: 9 }, 'done'],
  ['set too high', { operation: 'set', asked: 99, before: 5, after: 9, available: 9 }, 'limited'],
  ['sold out', { operation: 'add', asked: 1, before: 0, after: null, available: 0 }, 'sold_out'],
  ['fifty lines are enough', { operation: 'add', asked: 1, before: 0, after: null, available: 5 }, 'full'],
  ['no such piece', { operation: 'add', asked: 1, before: 0, after: null, available: null }, 'unknown_piece'],
  [
    'removed, also what the shop no longer has',
    { operation: 'remove', asked: 1, before: 1, after: null, available: null },
    'done',
  ],
]
test.each(outcomes)('outcome: %s', (_name, facts, kind) => {
  expect(cartOutcome(facts).kind).toBe(kind)
})

const anyLine = fc.record({
  quantity: fc.integer({ min: 1, max: 99 }),
  unitPrice: fc.bigInt({ min: 1n, max: 10_000_000n }).map(toFen),
  priceSeen: fc.bigInt({ min: 1n, max: 10_000_000n }).map(toFen),
  available: fc.integer({ min: -5, max: 200 }),
})

test('a shopper never pays for more than was asked for or than there is', () => {
  fc.assert(
    fc.property(anyLine, (facts) => {
      const units = payableUnits(facts)
      expect(units).toBeGreaterThanOrEqual(0)
      expect(units).toBeLessThanOrEqual(facts.quantity)
      expect(units).toBeLessThanOrEqual(Math.max(0, facts.available))
    }),
  )
})

test('the subtotal is the sum of the lines', () => {
  fc.assert(
    fc.property(fc.array(anyLine), (lines) => {
      expect(cartSubtotal(lines)).toBe(lines.reduce((sum, facts) => sum + lineTotal(facts), 0n))
    }),
  )
})
