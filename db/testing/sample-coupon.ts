import { readCouponCode } from '#lib/domain/coupon-code.ts'
import { ZERO_FEN } from '#lib/domain/money.ts'
import { db } from '../client.ts'
import type { PlaceOrder } from '../orders/order-input.ts'
import { placeOrder } from '../orders/place-order.ts'
import { judgeCode } from '../promotions/judge-code.ts'
import { coupons } from '../promotions/schema.ts'
import { sampleOrder } from './sample-order.ts'

type Row = typeof coupons.$inferInsert

/** Writes a coupon as staff would. */
export async function sampleCoupon(typed: string, row: Omit<Row, 'code'>): Promise<number> {
  const code = readCouponCode(typed)
  if (!code) throw new Error(`${typed} is no code`)
  const [coupon] = await db
    .insert(coupons)
    .values({ ...row, code })
    .returning({ id: coupons.id })
  if (!coupon) throw new Error('a row that was inserted did not come back')
  return coupon.id
}

/** An order with a code, or without one, by a shopper who saw what it does at this moment. */
export async function orderWithCode(
  quantities: Readonly<Record<string, number>>,
  typed: string | null,
  email = 'lin@example.com',
): Promise<PlaceOrder> {
  const plain = await sampleOrder(quantities)
  const code = typed === null ? null : readCouponCode(typed)
  const lines = plain.lines.map((line) => ({ ...line, unitPrice: line.priceSeen }))
  const judged = await judgeCode(code, lines, { email, accountId: null }, new Date())
  const seen = judged && { code: judged.code, takesOff: judged.effect?.discount ?? null }
  const { shipping } = plain
  return {
    ...plain,
    contact: { ...plain.contact, email },
    shipping: judged?.effect?.freeShipping ? { ...shipping, feeSeen: ZERO_FEN } : shipping,
    coupon: { code, seen },
  }
}

/** Places such an order, which must succeed. */
export async function placeWithCode(quantities: Readonly<Record<string, number>>, typed: string, email?: string) {
  const placed = await placeOrder(await orderWithCode(quantities, typed, email))
  if (!placed.ok) throw new Error(`sample order refused: ${placed.error.code}`)
  return placed.value
}
