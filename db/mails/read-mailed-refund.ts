import 'server-only'
import { eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { refundRequests, refunds } from '../refunds/schema.ts'

/** What a mail about a refund says, and its state. Null for a refund that is not there. */
export async function readMailedRefund(refundId: string) {
  const [refund] = await db
    .select({
      refundNo: refunds.refundNo,
      state: refunds.state,
      amount: refunds.amountFen,
      provider: paymentAttempts.provider,
      cause: refundRequests.cause,
    })
    .from(refunds)
    .innerJoin(refundRequests, eq(refundRequests.id, refunds.requestId))
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, refunds.attemptId))
    .where(eq(refunds.id, refundId))
  return refund ?? null
}
