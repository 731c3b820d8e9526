import 'server-only'
import { eq } from 'drizzle-orm'
import { afterSaleRequests } from '../after-sales/schema.ts'
import { db } from '../client.ts'
import { refundRequests } from '../refunds/schema.ts'

/** What a mail about a shopper's request says, and its state. Null for a request that is not there. */
export async function readMailedRequest(requestId: string) {
  const [request] = await db
    .select({
      kind: afterSaleRequests.kind,
      state: refundRequests.state,
      amount: refundRequests.amountFen,
      answer: afterSaleRequests.answer,
    })
    .from(afterSaleRequests)
    .innerJoin(refundRequests, eq(refundRequests.id, afterSaleRequests.requestId))
    .where(eq(afterSaleRequests.requestId, requestId))
  return request ?? null
}
