import 'server-only'
import { and, eq, isNotNull, ne, sql } from 'drizzle-orm'
import { addFen } from '#lib/domain/money.ts'
import { nextOrderState } from '#lib/domain/order-state.ts'
import type { Transaction } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { bookJournal } from '../ledger/book-journal.ts'
import { orderEvents, orders } from '../orders/schema.ts'
import { takeCouponAgain } from '../promotions/take-coupon-again.ts'
import { sellAgain } from '../stock/sell-again.ts'
import type { Capture } from './capture-attempt.ts'
import type { Book } from './lock-book.ts'
import { paymentAttempts, payments } from './schema.ts'
import { updatePaymentState } from './update-payment-state.ts'
import { writePaymentEvent } from './write-payment-event.ts'

/**
 * Lets an order that had ended unpaid stand again, now that its money came: its pieces are sold, if they can be had, and
 * everything is as if it had come in time.
 * @returns `gone` when the pieces can't be had; nothing was written then.
 */
export async function reviveOrder(tx: Transaction, book: Book, capture: Capture): Promise<'revived' | 'gone'> {
  const { order, payment } = book
  const actor = `provider:${capture.provider}`
  const state = nextOrderState(order.state, 'revived')
  if (state === null) throw new Error(`order ${order.number} is ${order.state}: it can't stand again`)
  if (!(await sellAgain(tx, order.id, actor))) return 'gone'
  const eventId = await writePaymentEvent(tx, book, capture, 'captured')
  if (eventId === null) throw new Error(`event ${capture.payment.eventId} was applied, and its attempt is open`)

  await takeCouponAgain(tx, order.id)
  await tx.update(orders).set({ state }).where(eq(orders.id, order.id))
  await tx.insert(orderEvents).values({
    orderId: order.id,
    axis: 'order',
    event: 'revived',
    fromState: order.state,
    toState: state,
    actor,
    reason: capture.source,
    at: sql`clock_timestamp()`,
  })
  await tx.update(payments).set({ paidAt: capture.payment.paidAt }).where(eq(payments.id, payment.id))
  const captured = addFen(payment.capturedFen, capture.payment.amount)
  const standing = { ...book, order: { ...order, state } }
  await updatePaymentState(tx, standing, { event: 'captured', actor, reason: capture.source, captured })
  const parts = { subtotal: order.subtotalFen, discount: order.discountFen, shipping: order.shippingFen }
  const { provider } = capture
  const { currency } = capture.payment
  const source = { paymentEventId: eventId }
  await bookJournal(tx, { kind: 'capture', parts }, { source, orderId: order.id, provider, currency })
  await followUp(tx, book)
  return 'revived'
}

/** The mail, and a query of each other open attempt, which closes it: the shopper must not pay twice. */
async function followUp(tx: Transaction, { order, payment, attempt }: Book) {
  const others = await tx
    .select({ attemptId: paymentAttempts.id })
    .from(paymentAttempts)
    .where(
      and(
        eq(paymentAttempts.paymentId, payment.id),
        ne(paymentAttempts.id, attempt.id),
        isNotNull(paymentAttempts.nextQueryAt),
      ),
    )
  await enqueue(
    tx,
    { name: 'send-order-mail', data: { orderId: order.id, kind: 'order_revived' } },
    ...others.map((data) => ({ name: 'query-attempt', data }) as const),
  )
}
