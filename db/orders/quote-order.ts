import 'server-only'
import { couponChanges } from '#lib/domain/coupon-changes.ts'
import type { CouponCode } from '#lib/domain/coupon-code.ts'
import { type Fen, subtractFen, ZERO_FEN } from '#lib/domain/money.ts'
import { lineChanges, type OrderChange } from '#lib/domain/order-changes.ts'
import { type OrderTotals, orderTotals } from '#lib/domain/pricing.ts'
import { type ShippingRate, shippingCost } from '#lib/domain/shipping-rates.ts'
import { type CouponRow, judgeCode } from '../promotions/judge-code.ts'
import type { PlaceOrder } from './order-input.ts'
import { readOffer } from './read-offer.ts'

/** The coupon that an order uses, with what it takes off. */
export type UsedCoupon = {
  readonly code: CouponCode
  readonly row: CouponRow
  readonly discount: Fen
  readonly shipping: Fen
}

export type Quote = {
  /** What differs from what the shopper saw. */
  readonly changes: readonly OrderChange[]
  readonly totals: OrderTotals
  /** Of each line its share of the discount, in their order. */
  readonly discounts: readonly Fen[]
  /** Null for no code, one that does not apply, and one that would take off nothing. */
  readonly coupon: UsedCoupon | null
}

/** What an order costs at this moment, and what of it is no longer as the shopper saw it. */
export async function quoteOrder(input: PlaceOrder, rate: ShippingRate, now: Date): Promise<Quote> {
  const { lines, shipping, coupon, contact, accountId } = input
  const offers = await readOffer(lines.map(({ variantId }) => variantId))
  const changes: OrderChange[] = [...lineChanges(lines, offers)]
  const priced = lines.flatMap(({ variantId, quantity }) => {
    const offer = offers.get(variantId)
    return offer ? [{ variantId, unitPrice: offer.price, quantity, weightG: offer.weightG * quantity }] : []
  })
  if (priced.length === 0) return { changes, totals: orderTotals([], shipping.feeSeen), discounts: [], coupon: null }

  const judged = await judgeCode(coupon.code, priced, { email: contact.email, accountId }, now)
  changes.push(...couponChanges(coupon.seen, judged))
  const weightG = priced.reduce((sum, line) => sum + line.weightG, 0)
  const listed = shippingCost(rate, { weightG, value: orderTotals(priced, ZERO_FEN).subtotal })
  const freed = judged?.effect?.freeShipping ? listed : ZERO_FEN
  const fee = subtractFen(listed, freed)
  if (fee !== shipping.feeSeen) changes.push({ kind: 'shipping', from: shipping.feeSeen, to: fee })
  const discount = judged?.effect?.discount ?? ZERO_FEN
  const used = judged?.row && discount + freed > 0n
  return {
    changes,
    totals: orderTotals(priced, fee, discount),
    discounts: judged?.effect?.shares ?? priced.map(() => ZERO_FEN),
    coupon: used ? { code: judged.code, row: judged.row, discount, shipping: freed } : null,
  }
}
