import type { CouponChange, JudgedCoupon } from '#lib/domain/coupon-changes.ts'
import { type CouponRefusal, LEFT_TO_PAY } from '#lib/domain/judge-coupon.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { type Fen, subtractFen, ZERO_FEN } from '#lib/domain/money.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { translator } from '#lib/i18n/translator.ts'
import { couponSeenText } from './checkout-request.ts'

/** A discount code in words. */
export type CouponView = {
  /** What it does, or why it does nothing; null where none was typed. */
  readonly said: string | null
  readonly applies: boolean
  /** The row among the sums; null where it takes nothing off the goods. */
  readonly discount: { readonly label: string; readonly amount: string } | null
  /** For the hidden field: what the page shows of it. */
  readonly seen: string
}

export function showCoupon(judged: JudgedCoupon | null, subtotal: Fen, locale: Locale): CouponView {
  if (!judged) return { said: null, applies: false, discount: null, seen: '' }
  const t = translator(locale)
  const { code, effect, refusal } = judged
  const seen = couponSeenText({ code, takesOff: effect?.discount ?? null })
  if (!effect) return { said: sayRefusal(code, refusal, locale), applies: false, discount: null, seen }
  if (effect.freeShipping)
    return { said: t('checkout.coupon.freeShipping', { code }), applies: true, discount: null, seen }
  const amount = formatPrice(effect.discount, locale)
  const left = subtractFen(subtotal, effect.discount)
  return {
    said:
      left === LEFT_TO_PAY
        ? t('checkout.coupon.takesAll', { code, amount, left: formatPrice(left, locale) })
        : t('checkout.coupon.takesOff', { code, amount }),
    applies: true,
    discount: {
      label: t('checkout.coupon.discount', { code }),
      amount: formatPrice(subtractFen(ZERO_FEN, effect.discount), locale),
    },
    seen,
  }
}

function sayRefusal(code: string, refusal: CouponRefusal, locale: Locale): string {
  const t = translator(locale)
  const price = (amount: Fen) => formatPrice(amount, locale)
  switch (refusal.code) {
    case 'not_yet':
      return t('checkout.coupon.refused.not_yet', { code, from: formatTime(refusal.from, locale) })
    case 'below_threshold':
      return t('checkout.coupon.refused.below_threshold', {
        code,
        threshold: price(refusal.threshold),
        missing: price(refusal.missing),
      })
    default:
      return t(`checkout.coupon.refused.${refusal.code}`, { code })
  }
}

/** What about the code is no longer as it was shown. Why it does not apply stands beside its field. */
export function sayCouponChange(change: CouponChange, locale: Locale): string {
  const t = translator(locale)
  const { code } = change
  switch (change.kind) {
    case 'coupon_refused':
      return t('checkout.changed.couponRefused', { code })
    case 'coupon_removed':
      return t('checkout.changed.couponRemoved', { code })
    case 'coupon': {
      if (change.to === 0n) return t('checkout.coupon.freeShipping', { code })
      const to = formatPrice(change.to, locale)
      return change.from === null
        ? t('checkout.changed.couponApplies', { code, to })
        : t('checkout.changed.coupon', { code, from: formatPrice(change.from, locale), to })
    }
  }
}
