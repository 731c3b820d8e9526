import 'server-only'
import { eq, getTableColumns } from 'drizzle-orm'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { paymentAttempts, payments } from './schema.ts'

export type Attempt = NonNullable<Awaited<ReturnType<typeof findAttempt>>>

/** One attempt with the number and state of its order, and whether the payment has money already. */
export async function findAttempt(attemptId: string) {
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
    .where(eq(paymentAttempts.id, attemptId))
  return attempt ?? null
}
