import 'server-only'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { db } from '../client.ts'
import { addOrderLink } from './add-order-link.ts'
import { hashSecret, newOrderSecret } from './order-secret.ts'
import { orders, orderTickets } from './schema.ts'

/** For how long a mailed ticket is good. */
const GOOD_FOR_MS = 60 * 60_000
/** Tickets of one order that can be good at once: more mails than these nobody needs. */
const AT_MOST = 5

/** The order with this number that was placed with this e-mail, unless it was sent many tickets lately. */
export async function findOrderToMail(number: OrderNumber, email: string, now: Date): Promise<string | null> {
  const [order] = await db
    .select({
      id: orders.id,
      tickets: sql<number>`(
        select count(*)::int from ${orderTickets}
        where ${orderTickets.orderId} = ${orders.id} and ${orderTickets.expiresAt} > ${now.toISOString()}::timestamptz)`,
    })
    .from(orders)
    .where(and(eq(orders.number, number), eq(orders.email, email)))
  return order && order.tickets < AT_MOST ? order.id : null
}

/** Makes a ticket that opens the order once. @returns its secret, which is kept nowhere. */
export async function addOrderTicket(orderId: string, now: Date): Promise<string> {
  const secret = newOrderSecret()
  const expiresAt = new Date(now.getTime() + GOOD_FOR_MS)
  await db.insert(orderTickets).values({ secretHash: hashSecret(secret), orderId, expiresAt })
  return secret
}

export type TicketError = { readonly code: 'unknown' | 'used' | 'expired' }

/** Whether a ticket would open its order now; nothing is used up. */
export async function checkOrderTicket(secret: string, now: Date): Promise<Result<null, TicketError>> {
  const [ticket] = await db
    .select()
    .from(orderTickets)
    .where(eq(orderTickets.secretHash, hashSecret(secret)))
  if (!ticket) return err({ code: 'unknown' })
  if (ticket.usedAt) return err({ code: 'used' })
  return ticket.expiresAt > now ? ok(null) : err({ code: 'expired' })
}

/** Uses a ticket up. @returns a lasting secret of its order for the browser that brought it. */
export async function spendOrderTicket(secret: string, now: Date): Promise<Result<string, TicketError>> {
  return db.transaction(async (tx) => {
    const [ticket] = await tx
      .update(orderTickets)
      .set({ usedAt: now })
      .where(
        and(
          eq(orderTickets.secretHash, hashSecret(secret)),
          isNull(orderTickets.usedAt),
          gt(orderTickets.expiresAt, now),
        ),
      )
      .returning({ orderId: orderTickets.orderId })
    if (ticket) return ok(await addOrderLink(ticket.orderId, tx))
    const checked = await checkOrderTicket(secret, now)
    return checked.ok ? err({ code: 'used' }) : checked
  })
}
