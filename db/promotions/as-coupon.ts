import 'server-only'
import type { Coupon, CouponOffer } from '#lib/domain/judge-coupon.ts'
import type { coupons } from './schema.ts'

type Row = typeof coupons.$inferSelect

/** A row as the rules know it. */
export const asCoupon = (row: Row): Coupon => ({
  code: row.code,
  offer: offerOf(row),
  threshold: row.thresholdFen,
  startsAt: row.startsAt,
  endsAt: row.endsAt,
  usesAtMost: row.usesAtMost,
  usesPerCustomer: row.usesPerCustomer,
  stopped: row.stoppedAt !== null,
})

function offerOf({ kind, basisPoints, amountFen, code }: Row): CouponOffer {
  if (kind === 'free_shipping') return { kind }
  if (kind === 'percent' && basisPoints !== null) return { kind, basisPoints }
  if (kind === 'fixed' && amountFen !== null) return { kind, amount: amountFen }
  throw new Error(`coupon ${code} is ${kind} without its value`)
}
