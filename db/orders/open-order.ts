import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { db } from '../client.ts'
import { payments } from '../payments/schema.ts'
import { hashSecret } from './order-secret.ts'
import { orderLinks, orders } from './schema.ts'

export type OpenedOrder = NonNullable<Awaited<ReturnType<typeof openOrder>>>

const bySecret = db
  .select({
    id: orders.id,
    number: orders.number,
    locale: orders.locale,
    state: orders.state,
    fulfilment: orders.fulfilment,
    paymentState: payments.state,
    refunding: payments.refundingFen,
    refunded: payments.refundedFen,
    expiresAt: orders.expiresAt,
  })
  .from(orderLinks)
  .innerJoin(orders, eq(orders.id, orderLinks.orderId))
  .innerJoin(payments, eq(payments.orderId, orders.id))
  .where(eq(orderLinks.secretHash, sql.placeholder('secretHash')))
  .prepare('open_order')

/** Which order a secret opens and how it stands, without its content. Null when it opens none. */
export async function openOrder(secret: string) {
  const [order] = await bySecret.execute({ secretHash: hashSecret(secret) })
  return order ?? null
}
