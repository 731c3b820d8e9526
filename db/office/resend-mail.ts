import 'server-only'
import { randomUUID } from 'node:crypto'
import { and, eq, isNotNull } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { aboutOfMail } from '#lib/mail/about-mail.ts'
import type { OrderMailKind } from '#lib/mail/order-mail.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { orderMails } from '../mails/schema.ts'
import { orders } from '../orders/schema.ts'

export type ResendMail = {
  readonly orderId: string
  readonly kind: OrderMailKind
  readonly about: string
  readonly ip: string
}

/**
 * Has a mail that went out sent once more, to the address of the order, under a message id of its own. A mail that is
 * still being sent, or is not true any more when its turn comes, is not sent twice.
 */
export async function resendMail(
  permit: Permit<'orders.note'>,
  { orderId, kind, about, ip }: ResendMail,
): Promise<Result<null, { code: 'not_sent_yet' }>> {
  const actor = staffActor(permit)
  return db.transaction(async (tx) => {
    const [again] = await tx
      .update(orderMails)
      .set({ sentAt: null, messageId: randomUUID() })
      .where(
        and(
          eq(orderMails.orderId, orderId),
          eq(orderMails.kind, kind),
          eq(orderMails.about, about),
          isNotNull(orderMails.sentAt),
        ),
      )
      .returning({ kind: orderMails.kind })
    const [order] = await tx.select({ number: orders.number }).from(orders).where(eq(orders.id, orderId))
    if (!again || !order) return err({ code: 'not_sent_yet' })
    await enqueue(tx, { name: 'send-order-mail', data: { orderId, kind, ...aboutOfMail(kind, about) } })
    await appendAuditEntry(tx, {
      actor,
      action: 'orders.resend_mail',
      about: { kind: 'order', id: order.number },
      after: { mail: kind },
      ip,
    })
    return ok(null)
  })
}
