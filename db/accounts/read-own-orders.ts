import 'server-only'
import { asc, desc, eq, inArray } from 'drizzle-orm'
import { afterSaleLines, afterSaleRequests } from '../after-sales/schema.ts'
import { db } from '../client.ts'
import { orderAddresses, orderEvents, orderLines, orders } from '../orders/schema.ts'
import { refundRequests } from '../refunds/schema.ts'

/** A customer's orders as they take them away: pieces, address, history and what they asked for; amounts in fen, as text. */
export async function readOwnOrders(accountId: string) {
  const own = await db.select().from(orders).where(eq(orders.accountId, accountId)).orderBy(desc(orders.placedAt))
  const ids = own.map(({ id }) => id)
  if (ids.length === 0) return []
  const [lines, addresses, events, requests] = await Promise.all([
    db.select().from(orderLines).where(inArray(orderLines.orderId, ids)).orderBy(asc(orderLines.position)),
    db.select().from(orderAddresses).where(inArray(orderAddresses.orderId, ids)),
    db.select().from(orderEvents).where(inArray(orderEvents.orderId, ids)).orderBy(asc(orderEvents.id)),
    readOwnRequests(ids),
  ])
  const [linesOf, addressOf, eventsOf, requestsOf] = [
    Map.groupBy(lines, ({ orderId }) => orderId),
    new Map(addresses.map((address) => [address.orderId, address])),
    Map.groupBy(events, ({ orderId }) => orderId),
    Map.groupBy(requests, ({ orderId }) => orderId),
  ]
  return own.map((order) => ({
    number: order.number,
    placedAt: order.placedAt,
    state: order.state,
    email: order.email,
    phone: order.phone,
    couponCode: order.couponCode,
    subtotalFen: order.subtotalFen.toString(),
    discountFen: order.discountFen.toString(),
    shippingFen: order.shippingFen.toString(),
    totalFen: order.totalFen.toString(),
    address: withoutOrder(addressOf.get(order.id)),
    lines: (linesOf.get(order.id) ?? []).map(({ sku, name, quantity, unitPriceFen }) => ({
      sku,
      name,
      quantity,
      unitPriceFen: unitPriceFen.toString(),
    })),
    history: (eventsOf.get(order.id) ?? []).map(({ at, axis, event, toState }) => ({ at, axis, event, toState })),
    requests: (requestsOf.get(order.id) ?? []).map(({ orderId: _, ...request }) => request),
  }))
}

async function readOwnRequests(orderIds: readonly string[]) {
  const [requests, lines] = await Promise.all([
    db
      .select({ request: afterSaleRequests, refund: refundRequests })
      .from(afterSaleRequests)
      .innerJoin(refundRequests, eq(refundRequests.id, afterSaleRequests.requestId))
      .where(inArray(refundRequests.orderId, [...orderIds]))
      .orderBy(asc(refundRequests.requestedAt)),
    db
      .select()
      .from(afterSaleLines)
      .where(inArray(afterSaleLines.orderId, [...orderIds])),
  ])
  const linesOf = Map.groupBy(lines, ({ requestId }) => requestId)
  return requests.map(({ request, refund }) => ({
    orderId: refund.orderId,
    kind: request.kind,
    reason: request.reason,
    words: request.words,
    state: refund.state,
    amountFen: refund.amountFen.toString(),
    requestedAt: refund.requestedAt,
    answer: request.answer,
    answeredAt: request.answeredAt,
    lines: (linesOf.get(refund.id) ?? []).map(({ position, quantity }) => ({ position, quantity })),
  }))
}

function withoutOrder<T extends { readonly orderId: string }>(address: T | undefined): Omit<T, 'orderId'> | null {
  if (!address) return null
  const { orderId: _, ...rest } = address
  return rest
}
