import 'server-only'
import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { couponCustomers, coupons, couponUses } from './schema.ts'

/**
 * Takes the coupon again of an order that stands again by late money. The sum was agreed and is paid, so it is honoured
 * even where its limits have been reached since: such a use stands beside them (`counted` is false).
 */
export async function takeCouponAgain(tx: Transaction, orderId: string): Promise<void> {
  const [use] = await tx
    .select()
    .from(couponUses)
    .where(and(eq(couponUses.orderId, orderId), isNotNull(couponUses.givenBackAt)))
  if (!use) return
  // Whoever counts holds this lock, so that the numbers read below are the last ones.
  const [coupon] = await tx.select().from(coupons).where(eq(coupons.id, use.couponId)).for('update')
  const ofCustomer = and(eq(couponCustomers.couponId, use.couponId), inArray(couponCustomers.customer, use.customers))
  const customers = await tx.select().from(couponCustomers).where(ofCustomer)
  const counted =
    coupon !== undefined &&
    isBelow(coupon.uses, coupon.usesAtMost) &&
    customers.every(({ uses }) => isBelow(uses, coupon.usesPerCustomer))
  await tx.update(couponUses).set({ givenBackAt: null, counted }).where(eq(couponUses.id, use.id))
  if (!counted) return
  await tx
    .update(coupons)
    .set({ uses: sql`${coupons.uses} + 1` })
    .where(eq(coupons.id, use.couponId))
  await tx
    .update(couponCustomers)
    .set({ uses: sql`${couponCustomers.uses} + 1`, atMost: coupon.usesPerCustomer })
    .where(ofCustomer)
}

const isBelow = (uses: number, atMost: number | null) => atMost === null || uses < atMost
