import 'server-only'
import type { JudgedCoupon } from '#lib/domain/coupon-changes.ts'
import type { CouponCode } from '#lib/domain/coupon-code.ts'
import { judgeCoupon } from '#lib/domain/judge-coupon.ts'
import type { PricedLine } from '#lib/domain/pricing.ts'
import { couponCustomersOf } from './coupon-customers.ts'
import { readCoupon } from './read-coupon.ts'

/** Who uses a code. The mailbox is not known before it was typed. */
export type CouponCustomer = { readonly email: string | null; readonly accountId: string | null }

/** What the order's statement writes the use to. */
export type CouponRow = {
  readonly id: number
  /** As it was read: an order is placed on no other. */
  readonly version: number
  readonly customers: readonly string[]
}

/** What a code does to these lines at this moment; null for no code. `row` is null for a code that nobody made. */
export async function judgeCode(
  code: CouponCode | null,
  lines: readonly (PricedLine & { readonly variantId: number })[],
  { email, accountId }: CouponCustomer,
  now: Date,
): Promise<(JudgedCoupon & { readonly row: CouponRow | null }) | null> {
  if (code === null) return null
  const customers = couponCustomersOf(email, accountId)
  const found = await readCoupon(code, { variants: lines.map(({ variantId }) => variantId), customers })
  if (!found) return { code, effect: null, refusal: { code: 'unknown' }, row: null }
  const judged = judgeCoupon(
    found.coupon,
    found.uses,
    lines.map((line) => ({ ...line, covered: found.covers.has(line.variantId) })),
    now,
  )
  const row = { id: found.id, version: found.version, customers }
  return judged.ok
    ? { code, effect: judged.value, refusal: null, row }
    : { code, effect: null, refusal: judged.error, row }
}
