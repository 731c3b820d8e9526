import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { and, desc, eq, isNull, sum } from 'drizzle-orm'
import { addFen, subtractFen, toFen, ZERO_FEN } from '#lib/domain/money.ts'
import { owesNothing } from '#lib/domain/order-state.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import { passReports } from '../incidents/open-report.ts'
import { incidents } from '../incidents/schema.ts'
import { type Book, lockBook } from '../payments/lock-book.ts'
import { paymentAttempts, paymentEvents } from '../payments/schema.ts'
import { updatePaymentState } from '../payments/update-payment-state.ts'
import { bookRefund, byOrderEvent } from '../refunds/book-refund.ts'
import { moveRequest } from '../refunds/move-request.ts'
import { openRequest } from '../refunds/open-request.ts'
import { refunds } from '../refunds/schema.ts'
import { settleRefundWithin } from '../refunds/settle-refund.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import type { Reasoned } from './decide-difference.ts'
import { billDifferences, billLines } from './schema.ts'
import { settleDifference } from './settle-difference.ts'

export type BookRefundError = {
  /** `no_payment`: the bill names no payment of ours. `not_sales`: its order owes nothing. `over_rest`: more than is left. */
  readonly code: 'unknown' | 'settled_before' | 'not_a_refund' | 'no_payment' | 'not_sales' | 'over_rest'
}

/**
 * Takes a refund into our book that somebody made at the provider's own console and that its bill tells of: request,
 * refund under the provider's number, event, ledger, mail, as for one of ours, but nothing is sent, for the money has
 * gone. Settles the difference, and the incident by which we heard of it.
 */
export async function bookConsoleRefund(
  permit: Permit<'payments.reconcile'>,
  id: string,
  { reason, ip }: Reasoned,
): Promise<Result<null, BookRefundError>> {
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const [found] = await tx.select().from(billDifferences).where(eq(billDifferences.id, id))
      if (!found) return err({ code: 'unknown' })
      const { provider, day, line, attemptId } = found
      if (found.finding !== 'refund_foreign' || line === null) return err({ code: 'not_a_refund' })
      if (!attemptId) return err({ code: 'no_payment' })
      const book = await lockBook(tx, eq(paymentAttempts.id, attemptId))
      const [open] = await tx.select().from(billDifferences).where(eq(billDifferences.id, id)).for('update')
      if (open?.state === 'settled') return err({ code: 'settled_before' })
      const ofLine = and(eq(billLines.provider, provider), eq(billLines.day, day), eq(billLines.line, line))
      const [billed] = await tx.select().from(billLines).where(ofLine)
      if (billed?.kind !== 'refund' || billed.state !== 'done') return err({ code: 'not_a_refund' })
      const refused = (await isSales(tx, attemptId)) ? whyNot(book, billed.amountFen) : 'not_sales'
      if (refused) return err({ code: refused })

      const actor = staffActor(permit)
      const refundNo = billed.refundNo ?? `${provider}:${day}:${line}`
      const refundId = await promise(tx, book, {
        amount: billed.amountFen,
        refundNo,
        reason,
        actor,
        at: billed.completedAt,
      })
      const report = { event: 'succeeded', refundedAt: billed.completedAt, amount: billed.amountFen } as const
      await settleRefundWithin(tx, { refundId, report, source: 'staff', now: new Date() })
      await settleUnasked(tx, attemptId)
      await settleDifference(id, { by: actor, resolution: 'corrected', note: reason }, new Date(), tx)
      await appendAuditEntry(tx, {
        actor,
        action: 'payments.reconcile',
        about: { kind: 'difference', id },
        before: { state: found.state, finding: found.finding },
        after: { resolution: 'corrected', refundNo, amountFen: billed.amountFen.toString() },
        reason,
        ip,
      })
      return ok(null)
    }),
  )
}

/** False for what was paid twice or too late: that money is the shopper's, and goes back by its own claim. */
const isSales = async (tx: Transaction, attemptId: string): Promise<boolean> =>
  (await tx.$count(paymentEvents, and(eq(paymentEvents.attemptId, attemptId), eq(paymentEvents.outcome, 'captured')))) >
  0

function whyNot({ payment, order }: Book, amount: bigint): 'not_sales' | 'over_rest' | null {
  if (owesNothing(order.state)) return 'not_sales'
  const left = subtractFen(toFen(payment.amountFen), addFen(payment.refundedFen, payment.refundingFen))
  return amount > left ? 'over_rest' : null
}

type ConsoleRefund = {
  readonly amount: typeof refunds.$inferSelect.amountFen
  readonly refundNo: string
  readonly reason: string
  readonly actor: string
  readonly at: Date
}

/** A request that is decided already, and its refund, which no job sends. */
async function promise(tx: Transaction, book: Book, { amount, refundNo, reason, actor, at }: ConsoleRefund) {
  const { attempt, payment, order } = book
  const request = await openRequest(tx, {
    id: randomUUID(),
    orderId: order.id,
    attemptId: attempt.id,
    cause: 'staff',
    amountFen: amount,
    goodsFen: amount,
    discountFen: ZERO_FEN,
    shippingFen: ZERO_FEN,
    restock: false,
    reason,
    actor,
    inputHash: createHash('sha256').update(refundNo).digest(),
    requestedAt: at,
  })
  const [latest] = await tx
    .select({ sequence: refunds.sequence })
    .from(refunds)
    .where(eq(refunds.attemptId, attempt.id))
    .orderBy(desc(refunds.sequence))
    .limit(1)
  const [refund] = await tx
    .insert(refunds)
    .values({
      requestId: request.id,
      attemptId: attempt.id,
      sequence: (latest?.sequence ?? 0) + 1,
      refundNo,
      amountFen: amount,
      currency: attempt.currency,
      state: 'processing',
      requestedAt: at,
      sentAt: at,
    })
    .returning({ id: refunds.id })
  if (!refund) throw new Error('a row that was inserted did not come back')
  const eventId = await moveRequest(tx, request, { event: 'refund_started', actor, reason: refundNo })
  await bookRefund(tx, 'promised', { request, attempt, source: byOrderEvent(eventId) })
  await updatePaymentState(tx, book, {
    event: 'refund_started',
    actor,
    reason: refundNo,
    refunding: addFen(payment.refundingFen, amount),
  })
  return refund.id
}

/** Closes the incidents that told of money which went back unasked, once our refunds explain all of it. */
async function settleUnasked(tx: Transaction, attemptId: string): Promise<void> {
  const [ours] = await tx
    .select({ total: sum(refunds.amountFen).mapWith(BigInt) })
    .from(refunds)
    .where(and(eq(refunds.attemptId, attemptId), eq(refunds.state, 'succeeded')))
  const book = await lockBook(tx, eq(paymentAttempts.id, attemptId))
  const open = await tx
    .select({ reportedFen: incidents.reportedFen })
    .from(incidents)
    .where(and(eq(incidents.attemptId, attemptId), eq(incidents.kind, 'refund_unasked'), isNull(incidents.settledAt)))
  const explained = ours?.total ?? 0n
  if (open.length === 0 || open.some(({ reportedFen }) => (reportedFen ?? 0n) > explained)) return
  await passReports(tx, { attemptId, kinds: ['refund_unasked'] }, new Date())
  await updatePaymentState(tx, book, { event: 'incident_settled', actor: 'system', reason: null })
}
