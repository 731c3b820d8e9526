import 'server-only'
import { and, asc, eq, sql } from 'drizzle-orm'
import { db } from '../client.ts'
import { payments } from '../payments/schema.ts'
import { hashSecret } from './order-secret.ts'
import { orderAddresses, orderEvents, orderLines, orderLinks, orders } from './schema.ts'

export type OrderView = NonNullable<Awaited<ReturnType<typeof findOrder>>>

const selected = { order: orders, payment: payments, address: orderAddresses }
const bySecret = db
  .select(selected)
  .from(orderLinks)
  .innerJoin(orders, eq(orders.id, orderLinks.orderId))
  .innerJoin(payments, eq(payments.orderId, orders.id))
  .leftJoin(orderAddresses, eq(orderAddresses.orderId, orders.id))
  .where(eq(orderLinks.secretHash, sql.placeholder('secretHash')))
  .prepare('find_order')
const byNumber = db
  .select(selected)
  .from(orders)
  .innerJoin(payments, eq(payments.orderId, orders.id))
  .leftJoin(orderAddresses, eq(orderAddresses.orderId, orders.id))
  .where(and(eq(orders.number, sql.placeholder('number')), eq(orders.accountId, sql.placeholder('accountId'))))
  .prepare('find_account_order')

/** The order that a secret opens, with lines, address, payment and what happened, oldest first. Null when it opens none. */
export async function findOrder(secret: string) {
  const [found] = await bySecret.execute({ secretHash: hashSecret(secret) })
  return found ? withDetails(found) : null
}

/** A customer's order with this number, in full. Null for somebody else's as for one that is not there. */
export async function findAccountOrder(accountId: string, number: string): Promise<OrderView | null> {
  const [found] = await byNumber.execute({ accountId, number })
  return found ? withDetails(found) : null
}

async function withDetails(found: Awaited<ReturnType<typeof bySecret.execute>>[number]) {
  const { requestHash: _request, inputHash: _input, ...order } = found.order
  const [lines, events] = await Promise.all([
    db.select().from(orderLines).where(eq(orderLines.orderId, order.id)).orderBy(asc(orderLines.position)),
    db.select().from(orderEvents).where(eq(orderEvents.orderId, order.id)).orderBy(asc(orderEvents.id)),
  ])
  return { ...order, payment: found.payment, address: found.address, lines, events }
}
