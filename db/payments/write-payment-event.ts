import 'server-only'
import { eq } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import type { Capture } from './capture-attempt.ts'
import type { Book } from './lock-book.ts'
import { type PAYMENT_EVENT_OUTCOMES, paymentAttempts, paymentEvents } from './schema.ts'

/**
 * Writes that money came and by which attempt, once.
 * @returns the event's id; null when this event was applied before.
 */
export async function writePaymentEvent(
  tx: Transaction,
  { attempt }: Book,
  { provider, source, payment }: Capture,
  outcome: Exclude<(typeof PAYMENT_EVENT_OUTCOMES)[number], 'refunded' | 'refund_unasked'>,
): Promise<bigint | null> {
  const { amount, currency, eventId, providerTradeNo, paidAt } = payment
  const [event] = await tx
    .insert(paymentEvents)
    .values({
      provider,
      eventId,
      attemptId: attempt.id,
      source,
      outcome,
      providerTradeNo,
      amountFen: amount,
      currency,
      occurredAt: paidAt,
    })
    .onConflictDoNothing()
    .returning({ id: paymentEvents.id })
  if (!event) return null
  await tx
    .update(paymentAttempts)
    .set({ state: 'succeeded', providerTradeNo, paidAt, nextQueryAt: null })
    .where(eq(paymentAttempts.id, attempt.id))
  return event.id
}
