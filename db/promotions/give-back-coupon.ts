import 'server-only'
import { sql } from 'drizzle-orm'
import type { Transaction } from '../client.ts'

/**
 * Gives back the coupon of an order that ended unpaid or was cancelled: once, however often it is called; nothing where
 * the order has none. Locks after the stock, the coupon before its customers, as placing does.
 */
export async function giveBackCoupon(tx: Transaction, orderId: string): Promise<void> {
  await tx.execute(sql`
    with given as (
      update coupon_uses set given_back_at = clock_timestamp()
      where order_id = ${orderId} and given_back_at is null
      returning coupon_id, customers, counted
    ), coupon as (
      update coupons set uses = coupons.uses - 1 from given where coupons.id = given.coupon_id and given.counted
      returning coupons.id
    )
    update coupon_customers set uses = coupon_customers.uses - 1
    from given join coupon on coupon.id = given.coupon_id
    where coupon_customers.coupon_id = coupon.id and coupon_customers.customer = any (given.customers)`)
}
