import 'server-only'
import { asc, desc, eq } from 'drizzle-orm'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { accounts } from '../accounts/schema.ts'
import { db } from '../client.ts'
import { orderMails } from '../mails/schema.ts'
import { orderAddresses, orderEvents, orderLines, orders } from '../orders/schema.ts'
import { payments } from '../payments/schema.ts'
import { refundLines, refundRequests } from '../refunds/schema.ts'
import { findHold } from '../risk/release-order.ts'
import { orderNotes } from './schema.ts'

export type OfficeOrder = NonNullable<Awaited<ReturnType<typeof readOrder>>>

/** An order with what staff see of it beside the evidence of its payments. Null when there is none of this number. */
export async function readOrder(_permit: Permit<'orders.read'>, number: OrderNumber) {
  const [found] = await db
    .select({
      order: orders,
      payment: payments,
      address: orderAddresses,
      account: { id: accounts.id, email: accounts.email, name: accounts.name },
    })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .leftJoin(orderAddresses, eq(orderAddresses.orderId, orders.id))
    .leftJoin(accounts, eq(accounts.id, orders.accountId))
    .where(eq(orders.number, number))
  if (!found) return null
  const { requestHash: _request, inputHash: _input, ...order } = found.order
  const [hold, lines, events, notes, mails, back] = await Promise.all([
    findHold(db, order.id),
    db.select().from(orderLines).where(eq(orderLines.orderId, order.id)).orderBy(asc(orderLines.position)),
    db.select().from(orderEvents).where(eq(orderEvents.orderId, order.id)).orderBy(asc(orderEvents.id)),
    db.select().from(orderNotes).where(eq(orderNotes.orderId, order.id)).orderBy(desc(orderNotes.at)),
    db.select().from(orderMails).where(eq(orderMails.orderId, order.id)).orderBy(asc(orderMails.begunAt)),
    db
      .select({ position: refundLines.position, quantity: refundLines.quantity, state: refundRequests.state })
      .from(refundLines)
      .innerJoin(refundRequests, eq(refundRequests.id, refundLines.requestId))
      .where(eq(refundLines.orderId, order.id)),
  ])
  return {
    ...order,
    payment: found.payment,
    address: found.address,
    account: found.account,
    hold,
    lines,
    events,
    notes,
    mails,
    back,
  }
}
