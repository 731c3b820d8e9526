import 'server-only'
import { desc, eq } from 'drizzle-orm'
import { addFen } from '#lib/domain/money.ts'
import { refundNumber } from '#lib/domain/refund-number.ts'
import { REFUND_TERMS } from '#lib/payments/refund-terms.ts'
import type { Transaction } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import type { Book } from '../payments/lock-book.ts'
import { updatePaymentState } from '../payments/update-payment-state.ts'
import { bookRefund, byOrderEvent } from './book-refund.ts'
import { moveRequest } from './move-request.ts'
import { type refundRequests, refunds } from './schema.ts'

/** A refund that arrives at once needs no mail that it is on its way. */
const TELL_AFTER_MS = 120_000

/**
 * Starts the refund of an approved request: its number is fixed, its money counts as promised, and the job that sends it
 * is there with it. Under the locks of `lockBook`, and only for money that is left.
 */
export async function reserveRefund(
  tx: Transaction,
  book: Book,
  request: typeof refundRequests.$inferSelect,
  { actor, now }: { actor: string; now: Date },
): Promise<typeof refunds.$inferSelect> {
  const { attempt, payment } = book
  const [latest] = await tx
    .select()
    .from(refunds)
    .where(eq(refunds.attemptId, attempt.id))
    .orderBy(desc(refunds.sequence))
    .limit(1)
  const sequence = (latest?.sequence ?? 0) + 1
  const sendAt = latest ? notBefore(latest, attempt.provider, now) : now
  const [refund] = await tx
    .insert(refunds)
    .values({
      requestId: request.id,
      attemptId: attempt.id,
      sequence,
      refundNo: refundNumber(attempt.outTradeNo, sequence),
      amountFen: request.amountFen,
      currency: attempt.currency,
      requestedAt: now,
      nextCheckAt: sendAt,
    })
    .returning()
  if (!refund) throw new Error('a row that was inserted did not come back')

  const eventId = await moveRequest(tx, request, { event: 'refund_started', actor, reason: refund.refundNo })
  await bookRefund(tx, 'promised', { request, attempt, source: byOrderEvent(eventId) })
  await updatePaymentState(tx, book, {
    event: 'refund_started',
    actor,
    reason: refund.refundNo,
    refunding: addFen(payment.refundingFen, refund.amountFen),
  })
  await enqueue(
    tx,
    { name: 'pursue-refund', data: { refundId: refund.id }, startAfter: sendAt },
    {
      name: 'send-order-mail',
      data: { orderId: request.orderId, kind: 'refund_sent', refundId: refund.id },
      startAfter: new Date(sendAt.getTime() + TELL_AFTER_MS),
    },
  )
  return refund
}

/** The gateway wants a pause between two refunds of one payment. */
function notBefore(latest: typeof refunds.$inferSelect, provider: Book['attempt']['provider'], now: Date): Date {
  const sentAt = latest.sentAt ?? latest.nextCheckAt ?? latest.requestedAt
  return new Date(Math.max(now.getTime(), sentAt.getTime() + REFUND_TERMS[provider].pauseSeconds * 1000))
}
