import type { CouponCode } from './coupon-code.ts'
import type { CouponEffect, CouponRefusal } from './judge-coupon.ts'
import type { Fen } from './money.ts'

/** What a page showed of a code: what it takes off the goods, or null for "does not apply". */
export type SeenCoupon = { readonly code: CouponCode; readonly takesOff: Fen | null }
/** What a code really does now: its effect, or why it has none. */
export type JudgedCoupon = { readonly code: CouponCode } & (
  | { readonly effect: CouponEffect; readonly refusal: null }
  | { readonly effect: null; readonly refusal: CouponRefusal }
)

/** What about the code is no longer as the shopper saw it; they confirm before anything is placed. */
export type CouponChange =
  /** It takes off another sum than was shown, or one was not shown yet. */
  | { readonly kind: 'coupon'; readonly code: CouponCode; readonly from: Fen | null; readonly to: Fen }
  | { readonly kind: 'coupon_refused'; readonly code: CouponCode; readonly refusal: CouponRefusal['code'] }
  | { readonly kind: 'coupon_removed'; readonly code: CouponCode }

/**
 * What changed since the page was shown: a code that was typed after it, that does more or less by now, or that was taken
 * out. A code that was shown as not applying, and doesn't, is no change: the sum to pay is as the shopper saw it.
 */
export function couponChanges(seen: SeenCoupon | null, now: JudgedCoupon | null): readonly CouponChange[] {
  const before = seen && seen.code === now?.code ? seen : null
  if (now?.effect) {
    const { code, effect } = now
    if (before && before.takesOff === effect.discount) return []
    return [{ kind: 'coupon', code, from: before?.takesOff ?? null, to: effect.discount }]
  }
  if (now && (!before || before.takesOff !== null))
    return [{ kind: 'coupon_refused', code: now.code, refusal: now.refusal.code }]
  return seen && !now && seen.takesOff !== null ? [{ kind: 'coupon_removed', code: seen.code }] : []
}
