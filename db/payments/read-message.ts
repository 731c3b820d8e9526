import 'server-only'
import { eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { paymentAttempts, paymentMessages, payments } from './schema.ts'

/** One message as it came, with the order that it speaks of. Null when there is none. */
export async function readMessage(_: Permit<'payments.read'>, id: bigint) {
  const [row] = await db
    .select({ message: paymentMessages, orderNumber: orders.number })
    .from(paymentMessages)
    .leftJoin(paymentAttempts, eq(paymentAttempts.outTradeNo, paymentMessages.outTradeNo))
    .leftJoin(payments, eq(payments.id, paymentAttempts.paymentId))
    .leftJoin(orders, eq(orders.id, payments.orderId))
    .where(eq(paymentMessages.id, id))
  return row ?? null
}
