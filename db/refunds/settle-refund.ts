import 'server-only'
import { eq } from 'drizzle-orm'
import { addFen, type Fen, subtractFen } from '#lib/domain/money.ts'
import { isOpenRefund, nextRefundState, type RefundEvent } from '#lib/domain/refund-state.ts'
import { db, type Transaction } from '../client.ts'
import { moveFulfilment } from '../fulfilment/move-fulfilment.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { type Book, lockBook } from '../payments/lock-book.ts'
import { type EVENT_SOURCES, paymentAttempts, paymentEvents } from '../payments/schema.ts'
import { updatePaymentState } from '../payments/update-payment-state.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { bookRefund, byOrderEvent } from './book-refund.ts'
import { moveRequest } from './move-request.ts'
import { closeRefundIncidents, openRefundIncident } from './refund-incidents.ts'
import { refundRequests, refunds } from './schema.ts'

/** What a provider said about a refund, once it can be believed. */
export type RefundReport =
  | { readonly event: 'accepted' }
  /** `amount` where the provider names it. */
  | { readonly event: 'succeeded'; readonly refundedAt: Date | null; readonly amount: Fen | null }
  /** `spent`: this number moves no money any more. Otherwise the same may be sent again. */
  | { readonly event: 'failed'; readonly providerCode: string; readonly spent: boolean }
  | { readonly event: 'went_astray'; readonly providerCode: string }

export type SettleRefund = {
  readonly refundId: string
  readonly report: RefundReport
  readonly source: (typeof EVENT_SOURCES)[number]
  readonly now: Date
}
/** `repeat`: it changed nothing. `disputed`: it can't be right, and a person looks at it. */
export type RefundSettled = RefundEvent | 'repeat' | 'disputed'

type Settling = SettleRefund & {
  readonly book: Book
  readonly refund: typeof refunds.$inferSelect
  readonly request: typeof refundRequests.$inferSelect
}

/**
 * The one way in which a refund changes: for the answer to its call, a query, a notification and a bill alike, any
 * number of times and in any order. One transaction: refund, request, sums, ledger, log, mail and incident.
 */
export const settleRefund = (settle: SettleRefund): Promise<RefundSettled> =>
  retryConflicts(() => db.transaction((tx) => settleRefundWithin(tx, settle)))

/** The same in a transaction of its caller. */
export async function settleRefundWithin(tx: Transaction, settle: SettleRefund): Promise<RefundSettled> {
  const attemptId = tx.select({ id: refunds.attemptId }).from(refunds).where(eq(refunds.id, settle.refundId))
  const book = await lockBook(tx, eq(paymentAttempts.id, attemptId))
  const [refund] = await tx.select().from(refunds).where(eq(refunds.id, settle.refundId)).for('update')
  if (!refund) throw new Error(`refund ${settle.refundId} does not exist`)
  const [request] = await tx.select().from(refundRequests).where(eq(refundRequests.id, refund.requestId))
  if (!request) throw new Error(`refund ${refund.refundNo} has no request`)

  const settling = { ...settle, book, refund, request }
  const { report } = settle
  const state = nextRefundState(refund.state, report.event)
  if (state === null) return 'repeat'
  if (report.event === 'succeeded' && contradicts(settling, report.amount)) return dispute(tx, settling)

  await tx
    .update(refunds)
    .set({ state, ...ending(settling) })
    .where(eq(refunds.id, refund.id))
  await APPLY[report.event](tx, settling)
  const heldItsUnits = isOpenRefund(refund.state)
  if (report.event === 'failed' || !heldItsUnits)
    await moveFulfilment(tx, book.order, { cause: 'money', ...teller(settling) })
  return report.event
}

/** Another amount than ours, or one that was promised again since the provider had said that this refund failed. */
function contradicts({ refund, book: { payment } }: Settling, amount: Fen | null): boolean {
  if (amount !== null && amount !== refund.amountFen) return true
  const others = isOpenRefund(refund.state) ? subtractFen(payment.refundingFen, refund.amountFen) : payment.refundingFen
  return addFen(addFen(payment.refundedFen, others), refund.amountFen) > payment.capturedFen
}

async function dispute(tx: Transaction, settling: Settling): Promise<'disputed'> {
  const { refund, book, source, report } = settling
  const reported = report.event === 'succeeded' ? report.amount : null
  const opened = await openRefundIncident(tx, { ...settling, kind: 'disputed_amount', providerCode: null, reported })
  const actor = `provider:${book.attempt.provider}`
  if (opened) await updatePaymentState(tx, book, { event: 'disputed_refund', actor, reason: refund.refundNo })
  await tx
    .update(refunds)
    .set({ providerCode: `disputed by ${source}` })
    .where(eq(refunds.id, refund.id))
  return 'disputed'
}

function ending({ report, now }: Settling): Partial<typeof refunds.$inferInsert> {
  switch (report.event) {
    case 'accepted':
      return {}
    case 'succeeded':
      return { refundedAt: report.refundedAt ?? now, nextCheckAt: null, providerCode: null }
    case 'failed':
      return { spent: report.spent, providerCode: report.providerCode, nextCheckAt: null }
    case 'went_astray':
      return { providerCode: report.providerCode }
  }
}

const APPLY: Record<RefundReport['event'], (tx: Transaction, settling: Settling) => Promise<void>> = {
  accepted: (tx, settling) => writeSums(tx, settling, {}),
  succeeded,
  failed,
  went_astray: async (tx, settling) => {
    await openRefundIncident(tx, {
      ...settling,
      kind: 'refund_abnormal',
      providerCode: codeOf(settling),
      reported: null,
    })
    await writeSums(tx, settling, {})
    await mail(tx, settling, 'refund_abnormal')
  },
}

async function succeeded(tx: Transaction, settling: Settling): Promise<void> {
  const { refund, request, book, source, report, now } = settling
  const { attempt, payment } = book
  const refundedAt = report.event === 'succeeded' ? report.refundedAt : null
  const [event] = await tx
    .insert(paymentEvents)
    .values({
      provider: attempt.provider,
      eventId: `refund:${refund.refundNo}`,
      attemptId: attempt.id,
      source,
      outcome: 'refunded',
      providerTradeNo: attempt.providerTradeNo ?? attempt.outTradeNo,
      amountFen: refund.amountFen,
      currency: refund.currency,
      occurredAt: refundedAt ?? now,
    })
    .returning({ id: paymentEvents.id })
  if (!event) throw new Error('a row that was inserted did not come back')
  const eventId = await moveRequest(tx, request, { event: 'refund_succeeded', ...teller(settling) })
  // We had given it up, and booked it back.
  if (!isOpenRefund(refund.state)) await bookRefund(tx, 'promised', { request, attempt, source: byOrderEvent(eventId) })
  await bookRefund(tx, 'sent', { request, attempt, source: { paymentEventId: event.id } })
  // What came to our own account is still to be paid out: its incident stays open, and nobody hears of an arrival.
  if (!refund.recalledAt) await closeRefundIncidents(tx, settling)
  await writeSums(tx, settling, {
    refunded: addFen(payment.refundedFen, refund.amountFen),
    ...(isOpenRefund(refund.state) && { refunding: subtractFen(payment.refundingFen, refund.amountFen) }),
  })
  if (!refund.recalledAt) await mail(tx, settling, 'refund_arrived')
}

async function failed(tx: Transaction, settling: Settling): Promise<void> {
  const { refund, request, book } = settling
  await openRefundIncident(tx, { ...settling, kind: 'refund_failed', providerCode: codeOf(settling), reported: null })
  const eventId = await moveRequest(tx, request, { event: 'refund_failed', ...teller(settling) })
  await bookRefund(tx, 'failed', { request, attempt: book.attempt, source: byOrderEvent(eventId) })
  await writeSums(tx, settling, { refunding: subtractFen(book.payment.refundingFen, refund.amountFen) })
  await mail(tx, settling, 'refund_failed')
}

const codeOf = ({ report }: Settling) => ('providerCode' in report ? report.providerCode : null)
const teller = ({ book, refund }: Settling) => ({ actor: `provider:${book.attempt.provider}`, reason: refund.refundNo })

const writeSums = (tx: Transaction, settling: Settling, sums: { refunded?: Fen; refunding?: Fen }) =>
  updatePaymentState(tx, settling.book, { event: `refund_${settling.report.event}`, ...teller(settling), ...sums })

const mail = (
  tx: Transaction,
  { request, refund }: Settling,
  kind: 'refund_arrived' | 'refund_failed' | 'refund_abnormal',
) => enqueue(tx, { name: 'send-order-mail', data: { orderId: request.orderId, kind, refundId: refund.id } })
