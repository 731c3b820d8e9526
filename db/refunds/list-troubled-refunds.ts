import 'server-only'
import { asc, eq, inArray } from 'drizzle-orm'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { refundRequests, refunds } from './schema.ts'

/** Refunds that wait for a person, the oldest first: those that went astray, and failed ones that were not sent again. */
export async function listTroubledRefunds() {
  const rows = await db
    .select({
      requestId: refundRequests.id,
      requestState: refundRequests.state,
      orderNumber: orders.number,
      provider: paymentAttempts.provider,
      refundNo: refunds.refundNo,
      amount: refunds.amountFen,
      state: refunds.state,
      spent: refunds.spent,
      providerCode: refunds.providerCode,
    })
    .from(refunds)
    .innerJoin(refundRequests, eq(refundRequests.id, refunds.requestId))
    .innerJoin(orders, eq(orders.id, refundRequests.orderId))
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, refunds.attemptId))
    .where(inArray(refunds.state, ['failed', 'abnormal']))
    .orderBy(asc(refundRequests.requestedAt), asc(refunds.sequence))
  const latest = new Map(rows.map((row) => [row.requestId, row]))
  return [...latest.values()].filter(({ state, requestState }) => state === 'abnormal' || requestState === 'approved')
}
