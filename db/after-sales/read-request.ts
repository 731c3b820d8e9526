import 'server-only'
import { and, asc, eq } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../client.ts'
import { orderAddresses, orderEvents, orderLines, orders } from '../orders/schema.ts'
import { refundLines, refundRequests, refunds } from '../refunds/schema.ts'
import { afterSaleLines, afterSalePhotos, afterSaleRequests } from './schema.ts'

export type RequestDetail = NonNullable<Awaited<ReturnType<typeof readRequest>>>

/** All that staff have to know of a shopper's request. Null when there is none. */
export async function readRequest(_permit: Permit<'orders.read'>, requestId: string) {
  const [found] = await db
    .select({ request: refundRequests, asked: afterSaleRequests, order: orders, recipient: orderAddresses.recipient })
    .from(afterSaleRequests)
    .innerJoin(refundRequests, eq(refundRequests.id, afterSaleRequests.requestId))
    .innerJoin(orders, eq(orders.id, refundRequests.orderId))
    .leftJoin(orderAddresses, eq(orderAddresses.orderId, orders.id))
    .where(eq(afterSaleRequests.requestId, requestId))
  if (!found) return null
  const { request, asked, order, recipient } = found
  const [lines, wanted, left, photos, history, tries] = await Promise.all([
    db.select().from(orderLines).where(eq(orderLines.orderId, order.id)).orderBy(asc(orderLines.position)),
    db.select().from(afterSaleLines).where(eq(afterSaleLines.requestId, requestId)),
    db.select().from(refundLines).where(eq(refundLines.requestId, requestId)),
    db
      .select()
      .from(afterSalePhotos)
      .where(eq(afterSalePhotos.requestId, requestId))
      .orderBy(asc(afterSalePhotos.position)),
    db
      .select()
      .from(orderEvents)
      .where(and(eq(orderEvents.orderId, order.id), eq(orderEvents.about, requestId)))
      .orderBy(asc(orderEvents.id)),
    db.$count(refunds, eq(refunds.requestId, requestId)),
  ])
  return {
    id: requestId,
    orderId: order.id,
    orderNumber: order.number,
    recipient,
    state: request.state,
    amount: request.amountFen,
    shipping: request.shippingFen,
    requestedAt: request.requestedAt,
    kind: asked.kind,
    reason: asked.reason,
    words: asked.words,
    answer: asked.answer,
    refundTried: tries > 0,
    photos: photos.map(({ name, width, height }) => ({ name, width, height })),
    history: history.map(({ event, actor, at, reason }) => ({ event, actor, at, reason })),
    lines: wanted
      .map(({ position, quantity }) => {
        const line = lines.find((candidate) => candidate.position === position)
        const kept = left.find((candidate) => candidate.position === position)
        return {
          position,
          asked: quantity,
          /** What the request is still about: less than was asked when not all of it came back. */
          quantity: kept?.quantity ?? 0,
          cameBack: kept?.cameBack ?? 0,
          restocked: kept?.restocked ?? false,
          sku: line?.sku ?? '',
          name: line?.name ?? { en: '', fr: '', zh: '' },
          image: line?.image ?? '',
        }
      })
      .toSorted((one, other) => one.position - other.position),
  }
}
