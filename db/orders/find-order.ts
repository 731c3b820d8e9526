import 'server-only'
import { asc, eq, sql } from 'drizzle-orm'
import { db } from '../client.ts'
import { payments } from '../payments/schema.ts'
import { hashSecret } from './order-secret.ts'
import { orderAddresses, orderEvents, orderLines, orderLinks, orders } from './schema.ts'

export type OrderView = NonNullable<Awaited<ReturnType<typeof findOrder>>>

const bySecret = db
  .select({ order: orders, payment: payments, address: orderAddresses })
  .from(orderLinks)
  .innerJoin(orders, eq(orders.id, orderLinks.orderId))
  .innerJoin(payments, eq(payments.orderId, orders.id))
  .leftJoin(orderAddresses, eq(orderAddresses.orderId, orders.id))
  .where(eq(orderLinks.secretHash, sql.placeholder('secretHash')))
  .prepare('find_order')

/** The order that a secret opens, with lines, address, payment and what happened, oldest first. Null when it opens none. */
export async function findOrder(secret: string) {
  const [found] = await bySecret.execute({ secretHash: hashSecret(secret) })
  if (!found) return null
  const { requestHash: _request, inputHash: _input, ...order } = found.order
  const [lines, events] = await Promise.all([
    db.select().from(orderLines).where(eq(orderLines.orderId, order.id)).orderBy(asc(orderLines.position)),
    db.select().from(orderEvents).where(eq(orderEvents.orderId, order.id)).orderBy(asc(orderEvents.id)),
  ])
  return { ...order, payment: found.payment, address: found.address, lines, events }
}
