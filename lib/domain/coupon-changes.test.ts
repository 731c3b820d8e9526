import { expect, test } from 'vitest'
import { type CouponChange, couponChanges, type JudgedCoupon, type SeenCoupon } from './coupon-changes.ts'
import type { CouponCode } from './coupon-code.ts'
import { toFen } from './money.ts'

const SPRING = 'SPRING' as CouponCode
const OTHER = 'OTHER' as CouponCode
const seen = (code: CouponCode, takesOff: bigint | null): SeenCoupon => ({
  code,
  takesOff: takesOff === null ? null : toFen(takesOff),
})
const applies = (code: CouponCode, discount: bigint): JudgedCoupon => ({
  code,
  effect: { discount: toFen(discount), shares: [], freeShipping: discount === 0n },
  refusal: null,
})
const refused = (code: CouponCode): JudgedCoupon => ({ code, effect: null, refusal: { code: 'over' } })
const now = (code: CouponCode, from: bigint | null, to: bigint): CouponChange => ({
  kind: 'coupon',
  code,
  from: from === null ? null : toFen(from),
  to: toFen(to),
})
const gone: CouponChange = { kind: 'coupon_refused', code: SPRING, refusal: 'over' }

const table: [name: string, seen: SeenCoupon | null, now: JudgedCoupon | null, change: CouponChange | null][] = [
  ['no code', null, null, null],
  ['as it was seen', seen(SPRING, 10n), applies(SPRING, 10n), null],
  ['free shipping as it was seen', seen(SPRING, 0n), applies(SPRING, 0n), null],
  ['seen as not applying, and it does not', seen(SPRING, null), refused(SPRING), null],
  ['a code that did not apply was taken out', seen(SPRING, null), null, null],
  ['typed since', null, applies(SPRING, 10n), now(SPRING, null, 10n)],
  ['typed since, and it does not apply', null, refused(SPRING), gone],
  ['less by now', seen(SPRING, 20n), applies(SPRING, 10n), now(SPRING, 20n, 10n)],
  ['it applies by now', seen(SPRING, null), applies(SPRING, 10n), now(SPRING, null, 10n)],
  ['over by now', seen(SPRING, 10n), refused(SPRING), gone],
  ['another one typed', seen(SPRING, 10n), applies(OTHER, 10n), now(OTHER, null, 10n)],
  ['taken out', seen(SPRING, 10n), null, { kind: 'coupon_removed', code: SPRING }],
]
test.each(table)('%s', (_name, before, judged, change) => {
  expect(couponChanges(before, judged)).toEqual(change ? [change] : [])
})
