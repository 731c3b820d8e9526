import { err, ok, type Result } from '../result.ts'
import type { CouponCode } from './coupon-code.ts'
import { allotDiscount } from './discount-allotment.ts'
import { type Fen, subtractFen, sumFen, timesFen, toFen, ZERO_FEN } from './money.ts'
import type { PricedLine } from './pricing.ts'

/** What a coupon gives. A percentage is in hundredths of a percent: 1500 is 15 %. */
export type CouponOffer =
  | { readonly kind: 'percent'; readonly basisPoints: number }
  | { readonly kind: 'fixed'; readonly amount: Fen }
  | { readonly kind: 'free_shipping' }
export const COUPON_KINDS = ['percent', 'fixed', 'free_shipping'] as const

export type Coupon = {
  readonly code: CouponCode
  readonly offer: CouponOffer
  /** What the goods that it covers must cost at least; 0 for no threshold. */
  readonly threshold: Fen
  /** From this instant on, to just before the other; null for no bound. */
  readonly startsAt: Date | null
  readonly endsAt: Date | null
  readonly usesAtMost: number | null
  readonly usesPerCustomer: number | null
  /** Staff ended it before its time. */
  readonly stopped: boolean
}

/** How often it is used by orders that stand or may still be paid. */
export type CouponUses = { readonly all: number; readonly byCustomer: number }

export const COUPON_REFUSALS = [
  'unknown',
  'not_yet',
  'over',
  'used_up',
  'used_by_you',
  'covers_nothing',
  'below_threshold',
  'takes_nothing',
] as const

/** Why a code takes nothing off this order. */
export type CouponRefusal =
  | { readonly code: 'unknown' }
  | { readonly code: 'not_yet'; readonly from: Date }
  | { readonly code: 'over' }
  | { readonly code: 'used_up' }
  | { readonly code: 'used_by_you' }
  /** None of the pieces is one that it covers. */
  | { readonly code: 'covers_nothing' }
  | { readonly code: 'below_threshold'; readonly threshold: Fen; readonly missing: Fen }
  /** The pieces cost so little that nothing can be taken off. */
  | { readonly code: 'takes_nothing' }

/** What a coupon does to an order. `shares` has the part of each line, in their order; they sum to `discount`. */
export type CouponEffect = {
  readonly discount: Fen
  readonly shares: readonly Fen[]
  readonly freeShipping: boolean
}

/** A line with whether the coupon covers it: by its piece, its category, or because it covers everything. */
export type CouponLine = PricedLine & { readonly covered: boolean }

/** Providers take no payment of nothing, so a coupon leaves this much of the goods to pay, whatever it promises. */
export const LEFT_TO_PAY: Fen = toFen(1n)
const WHOLE_BASIS_POINTS = 10_000n

/**
 * What a coupon takes off an order, or why it takes off nothing. A percentage is rounded down to whole fen. It never
 * takes off more than the pieces that it covers cost, and always leaves `LEFT_TO_PAY` of the goods.
 */
export function judgeCoupon(
  coupon: Coupon,
  uses: CouponUses,
  lines: readonly CouponLine[],
  now: Date,
): Result<CouponEffect, CouponRefusal> {
  if (coupon.stopped || (coupon.endsAt && now >= coupon.endsAt)) return err({ code: 'over' })
  if (coupon.startsAt && now < coupon.startsAt) return err({ code: 'not_yet', from: coupon.startsAt })
  if (coupon.usesAtMost !== null && uses.all >= coupon.usesAtMost) return err({ code: 'used_up' })
  if (coupon.usesPerCustomer !== null && uses.byCustomer >= coupon.usesPerCustomer) return err({ code: 'used_by_you' })
  const covered = worthOf(lines.filter((line) => line.covered))
  if (covered === 0n) return err({ code: 'covers_nothing' })
  const { threshold, offer } = coupon
  if (covered < threshold) return err({ code: 'below_threshold', threshold, missing: subtractFen(threshold, covered) })
  if (offer.kind === 'free_shipping')
    return ok({ discount: ZERO_FEN, shares: lines.map(() => ZERO_FEN), freeShipping: true })

  const discount = least(offered(offer, covered), covered, subtractFen(worthOf(lines), LEFT_TO_PAY))
  if (discount === 0n) return err({ code: 'takes_nothing' })
  return ok({ discount, shares: allotDiscount(lines, discount), freeShipping: false })
}

const offered = (offer: Exclude<CouponOffer, { kind: 'free_shipping' }>, covered: Fen): Fen =>
  offer.kind === 'fixed' ? offer.amount : toFen((covered * BigInt(offer.basisPoints)) / WHOLE_BASIS_POINTS)

const worthOf = (lines: readonly PricedLine[]): Fen =>
  sumFen(lines.map(({ unitPrice, quantity }) => timesFen(unitPrice, quantity)))

// biome-ignore lint/complexity/useMathMinMax: there is no Math for bigint
const least = (...amounts: readonly [Fen, ...Fen[]]): Fen => amounts.reduce((a, b) => (a < b ? a : b))
