import 'server-only'
import { asc, desc, eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { refundRequests, refunds } from './schema.ts'

export type RefundView = Awaited<ReturnType<typeof listRefunds>>[number]

/** What goes back of an order, or went: each request with its latest refund, the oldest first. */
export async function listRefunds(orderId: string) {
  return db
    .selectDistinctOn([refundRequests.requestedAt, refundRequests.id], {
      requestId: refundRequests.id,
      cause: refundRequests.cause,
      provider: paymentAttempts.provider,
      refundNo: refunds.refundNo,
      state: refunds.state,
      amountFen: refunds.amountFen,
      refundedAt: refunds.refundedAt,
      recalledAt: refunds.recalledAt,
    })
    .from(refundRequests)
    .innerJoin(refunds, eq(refunds.requestId, refundRequests.id))
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, refunds.attemptId))
    .where(eq(refundRequests.orderId, orderId))
    .orderBy(asc(refundRequests.requestedAt), asc(refundRequests.id), desc(refunds.sequence))
}
