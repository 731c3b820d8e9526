import 'server-only'
import { and, eq, ne } from 'drizzle-orm'
import { nextAttemptState } from '#lib/domain/attempt-state.ts'
import { addFen, toFen } from '#lib/domain/money.ts'
import { type DisputeReason, decideSettlement, type GiveBackReason, type Settlement } from '#lib/domain/settlement.ts'
import { db, type Transaction } from '../client.ts'
import { openReport } from '../incidents/open-report.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { bookJournal } from '../ledger/book-journal.ts'
import type { Capture } from './capture-attempt.ts'
import { type Book, lockBook } from './lock-book.ts'
import { reviveOrder } from './revive-order.ts'
import { paymentAttempts, refundsDue } from './schema.ts'
import { updatePaymentState } from './update-payment-state.ts'
import { writePaymentEvent } from './write-payment-event.ts'

export type UnusualOutcome = 'repeat' | 'revived' | GiveBackReason

type Disputed = { readonly disputed: DisputeReason }

/**
 * What `captureAttempt` could not do: reads the books under their locks, asks `decideSettlement()` and does it. Answers
 * `capture` without writing where the usual way would work after all.
 */
export async function settleUnusual(capture: Capture): Promise<UnusualOutcome | 'capture' | Disputed> {
  return db.transaction(async (tx) => {
    const book = await lockBook(tx, thisAttempt(capture))
    const decided: Settlement = (await tradeBelongsToOther(tx, capture, book.attempt.id))
      ? { action: 'dispute', reason: 'other_trade' }
      : decideSettlement(
          {
            attempt: { ...book.attempt, amount: toFen(book.attempt.amountFen) },
            payment: { captured: toFen(book.payment.capturedFen) },
            order: book.order,
          },
          capture.payment,
        )
    switch (decided.action) {
      case 'capture':
      case 'repeat':
        return decided.action
      case 'revive': {
        const revived = await reviveOrder(tx, book, capture)
        return revived === 'gone' ? giveBack(tx, book, capture, 'late') : revived
      }
      case 'give_back':
        return giveBack(tx, book, capture, decided.reason)
      case 'dispute':
        return dispute(tx, book, capture, decided.reason)
    }
  })
}

const thisAttempt = ({ provider, outTradeNo }: Capture) =>
  and(eq(paymentAttempts.provider, provider), eq(paymentAttempts.outTradeNo, outTradeNo))

async function tradeBelongsToOther(tx: Transaction, { provider, payment }: Capture, attemptId: string) {
  const { providerTradeNo } = payment
  const [other] = await tx
    .select({ id: paymentAttempts.id })
    .from(paymentAttempts)
    .where(
      and(
        eq(paymentAttempts.provider, provider),
        eq(paymentAttempts.providerTradeNo, providerTradeNo),
        ne(paymentAttempts.id, attemptId),
      ),
    )
  return other !== undefined
}

/** Books money that nobody owes as the shopper's, and has it sent back. */
async function giveBack(
  tx: Transaction,
  book: Book,
  capture: Capture,
  reason: GiveBackReason,
): Promise<UnusualOutcome> {
  const { attempt, payment, order } = book
  const { provider } = capture
  const { amount, currency } = capture.payment
  const eventId = await writePaymentEvent(tx, book, capture, reason)
  if (eventId === null) return 'repeat'
  const captured = addFen(payment.capturedFen, amount)
  await updatePaymentState(tx, book, { captured, event: reason, ...teller(capture) })

  const source = { paymentEventId: eventId }
  await bookJournal(tx, { kind: 'surplus', amount }, { source, orderId: order.id, provider, currency })
  const [due] = await tx
    .insert(refundsDue)
    .values({ paymentEventId: eventId, attemptId: attempt.id, amountFen: amount, currency, reason })
    .returning({ id: refundsDue.id })
  if (!due) throw new Error('a row that was inserted did not come back')
  await enqueue(tx, { name: 'refund-due', data: { refundDueId: due.id } })
  return reason
}

/** Keeps what was reported for a person to look at, and asks the provider again at once. */
async function dispute(tx: Transaction, book: Book, capture: Capture, disputed: DisputeReason): Promise<Disputed> {
  const { attempt } = book
  const { amount, currency, eventId, providerTradeNo } = capture.payment
  const isNew = await openReport(tx, book, {
    kind: `disputed_${disputed}`,
    eventId,
    providerCode: null,
    providerTradeNo,
    reported: amount,
    currency,
    source: capture.source,
    mayReopen: false,
  })
  if (!isNew) return { disputed }

  const state = nextAttemptState(attempt.state, 'misreported') ?? attempt.state
  await tx.update(paymentAttempts).set({ state }).where(eq(paymentAttempts.id, attempt.id))
  await updatePaymentState(tx, book, { event: `disputed_${disputed}`, ...teller(capture) })
  await enqueue(tx, { name: 'query-attempt', data: { attemptId: attempt.id } })
  return { disputed }
}

const teller = ({ provider, source }: Capture) => ({ actor: `provider:${provider}`, reason: source })
