import 'server-only'
import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { OrderMailKind } from '#lib/mail/order-mail.ts'
import { db } from '../client.ts'
import { orderMails } from './schema.ts'

/**
 * Claims a mail of an order before it is sent. `about` is the refund that it tells of, empty for none.
 * @returns its message id, the same at each try; null when it has been sent.
 */
export async function beginOrderMail(
  { orderId, kind, about }: { readonly orderId: string; readonly kind: OrderMailKind; readonly about: string },
  now: Date,
): Promise<string | null> {
  const claim = { orderId, kind, about, messageId: randomUUID(), begunAt: now }
  await db.insert(orderMails).values(claim).onConflictDoNothing()
  const [mail] = await db
    .select({ messageId: orderMails.messageId, sentAt: orderMails.sentAt })
    .from(orderMails)
    .where(and(eq(orderMails.orderId, orderId), eq(orderMails.kind, kind), eq(orderMails.about, about)))
  return mail && mail.sentAt === null ? mail.messageId : null
}

/** Notes that the mail server has taken the mail. */
export async function endOrderMail(messageId: string, now: Date): Promise<void> {
  await db.update(orderMails).set({ sentAt: now }).where(eq(orderMails.messageId, messageId))
}
