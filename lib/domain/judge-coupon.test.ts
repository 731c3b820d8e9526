import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CouponCode } from './coupon-code.ts'
import { type Coupon, type CouponLine, type CouponRefusal, type CouponUses, judgeCoupon } from './judge-coupon.ts'
import { sumFen, timesFen, toFen, ZERO_FEN } from './money.ts'
import { orderTotals } from './pricing.ts'

const NOW = new Date('2026-11-21T04:00:00Z')
const UNUSED: CouponUses = { all: 0, byCustomer: 0 }
const coupon = (over: Partial<Coupon> = {}): Coupon => ({
  code: 'SPRING' as CouponCode,
  offer: { kind: 'percent', basisPoints: 1_500 },
  threshold: ZERO_FEN,
  startsAt: null,
  endsAt: null,
  usesAtMost: null,
  usesPerCustomer: null,
  stopped: false,
  ...over,
})
const line = (price: bigint, quantity = 1, covered = true): CouponLine => ({
  unitPrice: toFen(price),
  quantity,
  covered,
})
/** Two bowls at 50.00 and a pot at 100.01 that is not covered. */
const LINES = [line(50_00n, 2), line(100_01n, 1, false)]

const applied: [name: string, coupon: Coupon, lines: readonly CouponLine[], discount: bigint, shares: bigint[]][] = [
  ['a percentage of what it covers', coupon(), LINES, 15_00n, [15_00n, 0n]],
  ['rounded down to whole fen', coupon(), [line(99n)], 14n, [14n]],
  ['a fixed sum', coupon({ offer: { kind: 'fixed', amount: toFen(20_00n) } }), LINES, 20_00n, [20_00n, 0n]],
  [
    'no more than it covers',
    coupon({ offer: { kind: 'fixed', amount: toFen(500_00n) } }),
    LINES,
    100_00n,
    [100_00n, 0n],
  ],
  [
    'one fen stays to be paid',
    coupon({ offer: { kind: 'percent', basisPoints: 10_000 } }),
    [line(50_00n), line(50_00n)],
    99_99n,
    [50_00n, 49_99n],
  ],
  ['at its threshold', coupon({ threshold: toFen(100_00n) }), LINES, 15_00n, [15_00n, 0n]],
  ['in its first millisecond', coupon({ startsAt: NOW }), LINES, 15_00n, [15_00n, 0n]],
  ['in its last one', coupon({ endsAt: new Date(NOW.getTime() + 1) }), LINES, 15_00n, [15_00n, 0n]],
  ['free shipping takes nothing off the goods', coupon({ offer: { kind: 'free_shipping' } }), LINES, 0n, [0n, 0n]],
]
test.each(applied)('%s', (_name, given, lines, discount, shares) => {
  expect(judgeCoupon(given, UNUSED, lines, NOW)).toEqual({
    ok: true,
    value: { discount, shares, freeShipping: given.offer.kind === 'free_shipping' },
  })
})

const later = new Date(NOW.getTime() + 1)
const refused: [name: string, coupon: Coupon, lines: readonly CouponLine[], uses: CouponUses, why: CouponRefusal][] = [
  ['stopped', coupon({ stopped: true }), LINES, UNUSED, { code: 'over' }],
  ['over', coupon({ endsAt: NOW }), LINES, UNUSED, { code: 'over' }],
  ['not yet', coupon({ startsAt: later }), LINES, UNUSED, { code: 'not_yet', from: later }],
  ['used up', coupon({ usesAtMost: 3 }), LINES, { all: 3, byCustomer: 0 }, { code: 'used_up' }],
  ['used by this customer', coupon({ usesPerCustomer: 1 }), LINES, { all: 1, byCustomer: 1 }, { code: 'used_by_you' }],
  ['none of the pieces', coupon(), [line(50_00n, 1, false)], UNUSED, { code: 'covers_nothing' }],
  [
    'below its threshold, by what it covers',
    coupon({ threshold: toFen(100_01n) }),
    LINES,
    UNUSED,
    { code: 'below_threshold', threshold: toFen(100_01n), missing: toFen(1n) },
  ],
  ['a sum too small', coupon(), [line(1n)], UNUSED, { code: 'takes_nothing' }],
]
test.each(refused)('refused: %s', (_name, given, lines, uses, why) => {
  expect(judgeCoupon(given, uses, lines, NOW)).toEqual({ ok: false, error: why })
})

const lines = fc.array(
  fc.record({
    unitPrice: fc.bigInt({ min: 1n, max: 500_000n }).map(toFen),
    quantity: fc.integer({ min: 1, max: 99 }),
    covered: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
)
const offer = fc.oneof(
  fc.record({ kind: fc.constant('percent' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ kind: fc.constant('fixed' as const), amount: fc.bigInt({ min: 1n, max: 10_000_000n }).map(toFen) }),
)

test('shares sum to the discount, lie within their lines, and something is always left to pay', () => {
  fc.assert(
    fc.property(lines, offer, fc.bigInt({ min: 0n, max: 30_000n }), (bought, given, fee) => {
      const judged = judgeCoupon(coupon({ offer: given }), UNUSED, bought, NOW)
      if (!judged.ok) return
      const { discount, shares } = judged.value
      expect(sumFen(shares)).toBe(discount)
      for (const [place, { unitPrice, quantity, covered }] of bought.entries()) {
        const share = shares[place] ?? ZERO_FEN
        expect(share >= 0n && share <= (covered ? timesFen(unitPrice, quantity) : 0n)).toBe(true)
      }
      const totals = orderTotals(bought, toFen(fee), discount)
      expect(totals.total - fee >= 1n).toBe(true)
      expect(discount > 0n).toBe(true)
    }),
  )
})

test('more pieces that it covers never make a discount smaller', () => {
  fc.assert(
    fc.property(lines, offer, fc.bigInt({ min: 1n, max: 500_000n }), (bought, given, price) => {
      const before = judgeCoupon(coupon({ offer: given }), UNUSED, bought, NOW)
      const after = judgeCoupon(coupon({ offer: given }), UNUSED, [...bought, line(price)], NOW)
      if (before.ok) expect(after.ok && after.value.discount >= before.value.discount).toBe(true)
    }),
  )
})
