import 'server-only'
import { asc, eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { payments } from '../payments/schema.ts'
import { orderLines, orders, paymentLinks } from './schema.ts'

export type SharedOrder = NonNullable<Awaited<ReturnType<typeof findSharedOrder>>>

/**
 * What somebody may see who was asked to pay an order: the pieces and what they cost. No name, address, telephone or
 * e-mail is read. Null when the secret is of no such link.
 */
export async function findSharedOrder(secret: string) {
  const [found] = await db
    .select({
      id: orders.id,
      number: orders.number,
      state: orders.state,
      fulfilment: orders.fulfilment,
      subtotalFen: orders.subtotalFen,
      discountFen: orders.discountFen,
      couponCode: orders.couponCode,
      shippingFen: orders.shippingFen,
      totalFen: orders.totalFen,
      expiresAt: orders.expiresAt,
      payment: { state: payments.state },
      endedAt: paymentLinks.endedAt,
    })
    .from(paymentLinks)
    .innerJoin(orders, eq(orders.id, paymentLinks.orderId))
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .where(eq(paymentLinks.secret, secret))
  if (!found) return null
  const lines = await db
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, found.id))
    .orderBy(asc(orderLines.position))
  return { ...found, lines }
}
