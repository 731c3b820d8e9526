import 'server-only'
import { asc, eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { refundRequests } from '../refunds/schema.ts'
import { afterSaleLines, afterSalePhotos, afterSaleRequests } from './schema.ts'

export type RequestView = Awaited<ReturnType<typeof listRequestsOf>>[number]

/** What a shopper asked for after the sale of an order, the oldest first, with lines and photographs. */
export async function listRequestsOf(orderId: string) {
  const ofOrder = eq(refundRequests.orderId, orderId)
  const [requests, lines, photos] = await Promise.all([
    db
      .select({
        id: refundRequests.id,
        state: refundRequests.state,
        amount: refundRequests.amountFen,
        requestedAt: refundRequests.requestedAt,
        kind: afterSaleRequests.kind,
        reason: afterSaleRequests.reason,
        words: afterSaleRequests.words,
        answer: afterSaleRequests.answer,
        answeredAt: afterSaleRequests.answeredAt,
        receivedAt: afterSaleRequests.receivedAt,
      })
      .from(refundRequests)
      .innerJoin(afterSaleRequests, eq(afterSaleRequests.requestId, refundRequests.id))
      .where(ofOrder)
      .orderBy(asc(refundRequests.requestedAt), asc(refundRequests.id)),
    db.select().from(afterSaleLines).where(eq(afterSaleLines.orderId, orderId)).orderBy(asc(afterSaleLines.position)),
    db
      .select({ name: afterSalePhotos.name, requestId: afterSalePhotos.requestId })
      .from(afterSalePhotos)
      .innerJoin(refundRequests, eq(refundRequests.id, afterSalePhotos.requestId))
      .where(ofOrder)
      .orderBy(asc(afterSalePhotos.position)),
  ])
  return requests.map((request) => ({
    ...request,
    lines: lines
      .filter(({ requestId }) => requestId === request.id)
      .map(({ position, quantity }) => ({ position, quantity })),
    photos: photos.filter(({ requestId }) => requestId === request.id).map(({ name }) => name),
  }))
}
