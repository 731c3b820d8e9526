import type { ListedCoupon } from '#db/promotions/list-coupons.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { toFen } from '#lib/domain/money.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { translator } from '#lib/i18n/translator.ts'

/** A coupon in words, as the back office lists it. */
export function showListedCoupon({ coupon, orders, takenOffFen }: ListedCoupon, locale: Locale, now: Date) {
  const t = translator(locale)
  const state = stateOf(coupon, now)
  const time = (at: Date | null) => (at ? formatTime(at, locale) : '…')
  return {
    id: coupon.id,
    code: coupon.code,
    offer: sayOffer(coupon, locale),
    window:
      coupon.startsAt || coupon.endsAt
        ? `${time(coupon.startsAt)} – ${time(coupon.endsAt)}`
        : t('officePromotions.always'),
    state: t(`officePromotions.states.${state}`),
    tone: state === 'on' ? ('good' as const) : ('quiet' as const),
    uses: coupon.usesAtMost === null ? String(orders) : `${orders} / ${coupon.usesAtMost}`,
    takenOff: formatPrice(toFen(BigInt(takenOffFen)), locale),
  }
}

function stateOf({ stoppedAt, startsAt, endsAt, uses, usesAtMost }: ListedCoupon['coupon'], now: Date) {
  if (stoppedAt) return 'stopped'
  if (endsAt && endsAt <= now) return 'over'
  if (startsAt && startsAt > now) return 'planned'
  return usesAtMost !== null && uses >= usesAtMost ? 'used_up' : 'on'
}

function sayOffer({ kind, basisPoints, amountFen, thresholdFen }: ListedCoupon['coupon'], locale: Locale): string {
  const t = translator(locale)
  const offer =
    kind === 'percent'
      ? t('officePromotions.offers.percent', { percent: String((basisPoints ?? 0) / 100) })
      : kind === 'fixed'
        ? t('officePromotions.offers.fixed', { amount: formatPrice(amountFen ?? toFen(0n), locale) })
        : t('officePromotions.offers.free_shipping')
  if (thresholdFen === 0n) return offer
  return t('officePromotions.offers.from', { offer, threshold: formatPrice(thresholdFen, locale) })
}
