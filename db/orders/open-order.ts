import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import type { OpenedBy } from '#lib/domain/opened-by.ts'
import { db } from '../client.ts'
import { payments } from '../payments/schema.ts'
import { hashSecret } from './order-secret.ts'
import { orderEvents, orderLinks, orders, paymentLinks } from './schema.ts'

export type OpenedOrder = NonNullable<Awaited<ReturnType<typeof openOrder>>>
/** `ended`: the link was taken back. */
export type OpenedPayment = OpenedOrder & { readonly by: OpenedBy; readonly ended: boolean }

const standing = {
  id: orders.id,
  number: orders.number,
  locale: orders.locale,
  state: orders.state,
  fulfilment: orders.fulfilment,
  paymentState: payments.state,
  refunding: payments.refundingFen,
  refunded: payments.refundedFen,
  expiresAt: orders.expiresAt,
  lastEvent: sql`coalesce((
    select ${orderEvents.id} from ${orderEvents} where ${orderEvents.orderId} = ${orders.id}
    order by ${orderEvents.id} desc limit 1), 0)`.mapWith(BigInt),
}
const bySecret = db
  .select(standing)
  .from(orderLinks)
  .innerJoin(orders, eq(orders.id, orderLinks.orderId))
  .innerJoin(payments, eq(payments.orderId, orders.id))
  .where(eq(orderLinks.secretHash, sql.placeholder('secretHash')))
  .prepare('open_order')
const byPaymentLink = db
  .select({ ...standing, endedAt: paymentLinks.endedAt })
  .from(paymentLinks)
  .innerJoin(orders, eq(orders.id, paymentLinks.orderId))
  .innerJoin(payments, eq(payments.orderId, orders.id))
  .where(eq(paymentLinks.secret, sql.placeholder('secret')))
  .prepare('open_payment')
const byNumber = db
  .select(standing)
  .from(orders)
  .innerJoin(payments, eq(payments.orderId, orders.id))
  .where(and(eq(orders.number, sql.placeholder('number')), eq(orders.accountId, sql.placeholder('accountId'))))
  .prepare('open_account_order')

/** Which order a secret opens and how it stands, without its content. Null when it opens none. */
export async function openOrder(secret: string) {
  const [order] = await bySecret.execute({ secretHash: hashSecret(secret) })
  return order ?? null
}

/** How a customer's order stands. Null for somebody else's as for one that is not there. */
export async function openAccountOrder(accountId: string, number: string): Promise<OpenedOrder | null> {
  const [order] = await byNumber.execute({ accountId, number })
  return order ?? null
}

/** The order that a secret lets one pay, by a link of its own or by one that was shared for it. Null when there is none. */
export async function openPayment(secret: string): Promise<OpenedPayment | null> {
  const order = await openOrder(secret)
  if (order) return { ...order, by: 'order_link', ended: false }
  const [shared] = await byPaymentLink.execute({ secret })
  if (!shared) return null
  const { endedAt, ...standing } = shared
  return { ...standing, by: 'payment_link', ended: endedAt !== null }
}
