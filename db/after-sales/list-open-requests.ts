import 'server-only'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../client.ts'
import { orderAddresses, orders } from '../orders/schema.ts'
import { refundRequests } from '../refunds/schema.ts'
import { afterSaleRequests } from './schema.ts'

export type OpenRequest = Awaited<ReturnType<typeof listOpenRequests>>[number]

/** Requests of shoppers that somebody has to do something about, the oldest first. Walks `refund_requests_open`. */
export async function listOpenRequests(_permit: Permit<'orders.read'>, limit = 200) {
  return db
    .select({
      id: refundRequests.id,
      orderNumber: orders.number,
      recipient: orderAddresses.recipient,
      kind: afterSaleRequests.kind,
      reason: afterSaleRequests.reason,
      state: refundRequests.state,
      amount: refundRequests.amountFen,
      requestedAt: refundRequests.requestedAt,
      /** True when its money was sent and came to nothing: it is among the refunds that need a person. */
      refundTried: sql<boolean>`exists (select from refunds where refunds.request_id = ${refundRequests.id})`,
    })
    .from(refundRequests)
    .innerJoin(afterSaleRequests, eq(afterSaleRequests.requestId, refundRequests.id))
    .innerJoin(orders, eq(orders.id, refundRequests.orderId))
    .leftJoin(orderAddresses, eq(orderAddresses.orderId, orders.id))
    .where(inArray(refundRequests.state, ['requested', 'approved', 'goods_received']))
    .orderBy(asc(refundRequests.requestedAt), asc(refundRequests.id))
    .limit(limit)
}
