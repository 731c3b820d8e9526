import 'server-only'
import { and, eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { paymentAttempts, paymentEvents, payments } from './schema.ts'

/** The attempt that confirmed the order. It stays what it is, so no lock is needed to learn it. */
export async function findPayingAttempt(orderId: string): Promise<string | null> {
  const [found] = await db
    .select({ id: paymentAttempts.id })
    .from(paymentEvents)
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, paymentEvents.attemptId))
    .innerJoin(payments, eq(payments.id, paymentAttempts.paymentId))
    .where(and(eq(payments.orderId, orderId), eq(paymentEvents.outcome, 'captured')))
  return found?.id ?? null
}
