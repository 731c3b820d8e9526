import 'server-only'
import { eq, inArray, sql } from 'drizzle-orm'
import type { OrderCursor, OrderFilter } from '#lib/domain/order-list.ts'
import { OPEN_REQUEST_STATES } from '#lib/domain/order-list.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { db } from '../client.ts'
import { isOneOf } from '../columns.ts'
import { orderAddresses, orderLines, orders } from '../orders/schema.ts'
import { paymentAttempts, payments } from '../payments/schema.ts'
import { refundRequests } from '../refunds/schema.ts'
import { orderHolds } from '../risk/schema.ts'
import { findOrderIds, type PageWanted } from './find-order-ids.ts'
import { orderNotes } from './schema.ts'

export type ListedOrder = Awaited<ReturnType<typeof readListed>>[number]

export type OrderPage = {
  readonly orders: readonly ListedOrder[]
  /** Where the next page begins; null when this is the last. */
  readonly next: OrderCursor | null
  /** How many there are in all, where that is known without counting a large part of the table. */
  readonly count: number | null
  /** True when the page is not full since so many orders were looked at; `next` goes on from there. */
  readonly stopped: boolean
}

/** A page of the orders that a filter lets through, newest first. */
export async function listOrders(
  _permit: Permit<'orders.read'>,
  filter: OrderFilter,
  page: PageWanted,
): Promise<OrderPage> {
  const { ids, count, stoppedAt } = await findOrderIds(filter, page)
  const { limit } = page
  const listed = await readListed(ids.slice(0, limit))
  const last = listed.at(-1)
  const next = ids.length > limit && last ? { placedAt: last.placedAt, id: last.id } : stoppedAt
  return { orders: listed, next, count, stopped: stoppedAt !== null }
}

/** Of one order, in one look. */
const pieces = db
  .select({
    firstName: sql<
      Record<'en' | 'fr' | 'zh', string>
    >`(array_agg(${orderLines.name} order by ${orderLines.position}))[1]`.as('first_name'),
    lines: sql<number>`count(*)::int`.as('lines'),
    units: sql<number>`sum(${orderLines.quantity})::int`.as('units'),
  })
  .from(orderLines)
  .where(eq(orderLines.orderId, orders.id))
  .as('pieces')

/** What a list says of these orders, in their order. */
export async function readListed(ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await db
    .select({
      id: orders.id,
      number: orders.number,
      placedAt: orders.placedAt,
      state: orders.state,
      fulfilment: orders.fulfilment,
      totalFen: orders.totalFen,
      email: orders.email,
      phone: orders.phone,
      recipient: orderAddresses.recipient,
      country: orderAddresses.country,
      payment: payments.state,
      refundedFen: payments.refundedFen,
      /** Of the attempt that paid, or the last one where none did. */
      provider: sql<ProviderName | null>`(
        select ${paymentAttempts.provider} from ${paymentAttempts} where ${paymentAttempts.paymentId} = ${payments.id}
        order by ${paymentAttempts.paidAt} is null, ${paymentAttempts.sequence} desc limit 1)`,
      firstName: pieces.firstName,
      lines: pieces.lines,
      units: pieces.units,
      hasOpenRequest: sql<boolean>`exists(select from ${refundRequests} where ${refundRequests.orderId} = ${orders.id}
        and ${isOneOf(refundRequests.state, OPEN_REQUEST_STATES)})`,
      isHeld: sql<boolean>`exists(select from ${orderHolds} where ${orderHolds.orderId} = ${orders.id}
        and ${orderHolds.endedAt} is null)`,
      hasNotes: sql<boolean>`exists(select from ${orderNotes} where ${orderNotes.orderId} = ${orders.id})`,
    })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .leftJoin(orderAddresses, eq(orderAddresses.orderId, orders.id))
    .crossJoinLateral(pieces)
    .where(inArray(orders.id, [...ids]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
