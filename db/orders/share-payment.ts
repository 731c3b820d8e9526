import 'server-only'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { err, ok, type Result } from '#lib/result.ts'
import { db } from '../client.ts'
import { newOrderSecret } from './order-secret.ts'
import { orders, paymentLinks } from './schema.ts'

export type SharePaymentError = { readonly code: 'not_payable' }

/**
 * Makes a link by which somebody else can pay the order, and ends the one that there was: there is one at a time.
 * @returns the secret of the link.
 */
export async function sharePayment(
  orderId: string,
  now: Date = new Date(),
): Promise<Result<string, SharePaymentError>> {
  return db.transaction(async (tx) => {
    const [order] = await tx
      .select({ state: orders.state, expiresAt: orders.expiresAt })
      .from(orders)
      .where(eq(orders.id, orderId))
      .for('update')
    if (order?.state !== 'pending_payment' || order.expiresAt <= now) return err({ code: 'not_payable' })
    await tx.update(paymentLinks).set({ endedAt: now }).where(isOpen(orderId))
    const secret = newOrderSecret()
    await tx.insert(paymentLinks).values({ secret, orderId, createdAt: now })
    return ok(secret)
  })
}

/** Ends the link by which somebody else can pay; whoever is at the provider already may still pay there. */
export async function endPaymentLink(orderId: string, now: Date = new Date()): Promise<void> {
  await db.update(paymentLinks).set({ endedAt: now }).where(isOpen(orderId))
}

/** The secret of the open link of an order, or null. */
export async function findPaymentLink(orderId: string): Promise<string | null> {
  const [link] = await db.select({ secret: paymentLinks.secret }).from(paymentLinks).where(isOpen(orderId))
  return link?.secret ?? null
}

/** The latest link that an order was shared by, open or not; null when it never was. */
export async function latestPaymentLink(orderId: string): Promise<string | null> {
  const [link] = await db
    .select({ secret: paymentLinks.secret })
    .from(paymentLinks)
    .where(eq(paymentLinks.orderId, orderId))
    .orderBy(desc(paymentLinks.createdAt))
    .limit(1)
  return link?.secret ?? null
}

const isOpen = (orderId: string) => and(eq(paymentLinks.orderId, orderId), isNull(paymentLinks.endedAt))
