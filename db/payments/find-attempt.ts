import 'server-only'
import { and, eq, getTableColumns } from 'drizzle-orm'
import type { ProviderName } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { paymentAttempts, payments } from './schema.ts'

export type Attempt = NonNullable<Awaited<ReturnType<typeof findAttempt>>>

/** Our own id, or what the provider knows the attempt by. */
export type AttemptKey = { readonly id: string } | { readonly provider: ProviderName; readonly outTradeNo: string }

/** One attempt with its order's id and state, and what the payment has captured so far. Null when there is none. */
export async function findAttempt(key: AttemptKey) {
  const [attempt] = await db
    .select({
      ...getTableColumns(paymentAttempts),
      orderId: payments.orderId,
      orderState: orders.state,
      capturedFen: payments.capturedFen,
    })
    .from(paymentAttempts)
    .innerJoin(payments, eq(payments.id, paymentAttempts.paymentId))
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      'id' in key
        ? eq(paymentAttempts.id, key.id)
        : and(eq(paymentAttempts.provider, key.provider), eq(paymentAttempts.outTradeNo, key.outTradeNo)),
    )
  return attempt ?? null
}
