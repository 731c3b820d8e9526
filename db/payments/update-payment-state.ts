import 'server-only'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { OPEN_ATTEMPT_STATES } from '#lib/domain/attempt-state.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import { owesNothing } from '#lib/domain/order-state.ts'
import { paymentState } from '#lib/domain/payment-state.ts'
import { DISPUTE_KINDS } from '#lib/domain/risk/incident-kinds.ts'
import type { Transaction } from '../client.ts'
import { incidents } from '../incidents/schema.ts'
import { announceOrderChange } from '../orders/order-changed.ts'
import { orderEvents } from '../orders/schema.ts'
import type { Book } from './lock-book.ts'
import { paymentAttempts, payments } from './schema.ts'

export type PaymentChange = {
  readonly event: string
  readonly actor: string
  readonly reason: string | null
  /** The new sums, where they changed. */
  readonly captured?: Fen
  readonly refunded?: Fen
  readonly refunding?: Fen
}

/**
 * Writes the payment's sums and its state as the sums tell it, with the event that led there. To be called under the
 * locks of `lockBook` and after the attempts and incidents were written.
 */
export async function updatePaymentState(
  tx: Transaction,
  { payment, order }: Pick<Book, 'payment' | 'order'>,
  change: PaymentChange,
): Promise<void> {
  const { event, actor, reason } = change
  const captured = change.captured ?? payment.capturedFen
  const refunded = change.refunded ?? payment.refundedFen
  const refunding = change.refunding ?? payment.refundingFen
  const ofPayment = eq(paymentAttempts.paymentId, payment.id)
  const open = await tx.$count(paymentAttempts, and(ofPayment, inArray(paymentAttempts.state, OPEN_ATTEMPT_STATES)))
  const [dispute] = await tx
    .select({ id: incidents.id })
    .from(incidents)
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, incidents.attemptId))
    .where(and(ofPayment, isNull(incidents.settledAt), inArray(incidents.kind, DISPUTE_KINDS)))
    .limit(1)
  const state = paymentState({
    owed: owesNothing(order.state) ? toFen(0n) : payment.amountFen,
    captured,
    refunded,
    attemptOpen: open > 0,
    disputed: dispute !== undefined,
  })
  await tx
    .update(payments)
    .set({ state, capturedFen: captured, refundedFen: refunded, refundingFen: refunding })
    .where(eq(payments.id, payment.id))
  await tx.insert(orderEvents).values({
    orderId: order.id,
    axis: 'payment',
    event,
    fromState: payment.state,
    toState: state,
    actor,
    reason,
    at: sql`clock_timestamp()`,
  })
  await announceOrderChange(tx, order.id)
}
