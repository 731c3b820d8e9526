import 'server-only'
import { desc, eq } from 'drizzle-orm'
import { decideRefund, type RefundRefusal } from '#lib/domain/decide-refund.ts'
import { addFen, toFen, ZERO_FEN } from '#lib/domain/money.ts'
import { HIGHEST_REFUND } from '#lib/domain/refund-number.ts'
import { nextRefundState, resendWay } from '#lib/domain/refund-state.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { db, type Transaction } from '../client.ts'
import { moveFulfilment } from '../fulfilment/move-fulfilment.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { type Book, lockBook } from '../payments/lock-book.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { updatePaymentState } from '../payments/update-payment-state.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { bookRefund, byOrderEvent } from './book-refund.ts'
import { moveRequest } from './move-request.ts'
import { readRefundFacts } from './read-refund-facts.ts'
import { closeRefundIncidents } from './refund-incidents.ts'
import { reserveRefund } from './reserve-refund.ts'
import { refundLines, refundRequests, refunds } from './schema.ts'

export type ResendRefundError =
  | RefundRefusal
  | { readonly code: 'unknown_request' }
  /** It is under way, or arrived: there is nothing to send again. */
  | { readonly code: 'not_failed' }

/**
 * Starts a failed refund again: under its old number, and under a new one only where the provider said that the old is
 * spent. What is left by now decides as it did at first.
 */
export async function resendRefund(
  requestId: string,
  { actor, now = new Date() }: { readonly actor: string; readonly now?: Date },
): Promise<Result<{ readonly refundNo: string }, ResendRefundError>> {
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const ofRequest = tx
        .select({ id: refundRequests.attemptId })
        .from(refundRequests)
        .where(eq(refundRequests.id, requestId))
      const [known] = await ofRequest
      if (!known) return err({ code: 'unknown_request' })
      const book = await lockBook(tx, eq(paymentAttempts.id, known.id))
      const [request] = await tx.select().from(refundRequests).where(eq(refundRequests.id, requestId))
      const [last] = await tx
        .select()
        .from(refunds)
        .where(eq(refunds.requestId, requestId))
        .orderBy(desc(refunds.sequence))
        .limit(1)
      if (!request || !last || request.state !== 'approved') return err({ code: 'not_failed' })
      const refused = await refusal(tx, book, request, last, now)
      if (refused) return err(refused)

      await closeRefundIncidents(tx, { book, refund: last, now })
      const sent =
        resendWay(last) === 'new_number'
          ? await reserveRefund(tx, book, request, { actor, now })
          : await sendAgain(tx, book, request, last, { actor, now })
      await moveFulfilment(tx, book.order, { cause: 'money', actor, reason: sent.refundNo })
      return ok({ refundNo: sent.refundNo })
    }),
  )
}

/** What the money and the goods that are left have to say. A claim of a shopper always has its money: it is nobody else's. */
async function refusal(
  tx: Transaction,
  book: Book,
  request: typeof refundRequests.$inferSelect,
  last: typeof refunds.$inferSelect,
  now: Date,
): Promise<RefundRefusal | null> {
  const facts = await readRefundFacts(tx, book)
  const newNumber = resendWay(last) === 'new_number'
  if (request.refundDueId)
    return newNumber && facts.numbersUsed >= HIGHEST_REFUND ? { code: 'too_many_refunds', most: HIGHEST_REFUND } : null

  const lines = await tx.select().from(refundLines).where(eq(refundLines.requestId, request.id))
  const wish =
    lines.length > 0 || request.goodsFen === ZERO_FEN
      ? ({ by: 'lines', lines, shipping: request.shippingFen, restock: false } as const)
      : ({ by: 'amount', amount: request.amountFen } as const)
  const decided = decideRefund(newNumber ? facts : { ...facts, numbersUsed: 0 }, wish, now)
  if (!decided.ok) return decided.error
  const { amount, goods, shipping } = decided.value
  return goods < request.goodsFen || shipping < request.shippingFen ? { code: 'over_rest', left: amount } : null
}
async function sendAgain(
  tx: Transaction,
  book: Book,
  request: typeof refundRequests.$inferSelect,
  refund: typeof refunds.$inferSelect,
  { actor, now }: { actor: string; now: Date },
) {
  const state = nextRefundState(refund.state, 'sent_again')
  if (state === null) throw new Error(`refund ${refund.refundNo} is ${refund.state}: it can't be sent again`)
  await tx
    .update(refunds)
    .set({ state, providerCode: null, sentAt: now, nextCheckAt: now })
    .where(eq(refunds.id, refund.id))
  const eventId = await moveRequest(tx, request, { event: 'refund_started', actor, reason: refund.refundNo })
  await bookRefund(tx, 'promised', { request, attempt: book.attempt, source: byOrderEvent(eventId) })
  await updatePaymentState(tx, book, {
    event: 'refund_sent_again',
    actor,
    reason: refund.refundNo,
    refunding: addFen(book.payment.refundingFen, toFen(refund.amountFen)),
  })
  await enqueue(tx, { name: 'pursue-refund', data: { refundId: refund.id }, startAfter: now })
  return refund
}
