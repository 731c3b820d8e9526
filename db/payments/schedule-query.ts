import 'server-only'
import { eq } from 'drizzle-orm'
import { isOpenAttempt } from '#lib/domain/attempt-state.ts'
import { LEFTOVER_QUERY_EVERY_SECONDS, nextQueryAt } from '#lib/domain/query-schedule.ts'
import { db } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { orders } from '../orders/schema.ts'
import { paymentAttempts, payments } from './schema.ts'

/**
 * Plans the next query of an attempt that is still open, and none for one that ended. While its order waits for money,
 * the order's expiry asks last. One that was planned before stays: a query in between, after a notice say, does not
 * start a second row of them.
 */
export async function scheduleQuery(attemptId: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const [row] = await tx
      .select({ attempt: paymentAttempts, orderState: orders.state })
      .from(paymentAttempts)
      .innerJoin(payments, eq(payments.id, paymentAttempts.paymentId))
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .where(eq(paymentAttempts.id, attemptId))
      .for('update', { of: paymentAttempts })
    if (!row) throw new Error(`attempt ${attemptId} does not exist`)
    const { attempt, orderState } = row
    const isPlanned = attempt.nextQueryAt !== null && attempt.nextQueryAt > now
    if (isPlanned && isOpenAttempt(attempt.state)) return
    const planned = nextQueryAt(attempt.startedAt, attempt.expiresAt, now)
    const leftover =
      orderState === 'pending_payment' ? null : new Date(now.getTime() + LEFTOVER_QUERY_EVERY_SECONDS * 1000)
    const next = isOpenAttempt(attempt.state) ? (planned ?? leftover) : null
    await tx.update(paymentAttempts).set({ nextQueryAt: next }).where(eq(paymentAttempts.id, attemptId))
    if (next) await enqueue(tx, { name: 'query-attempt', data: { attemptId }, startAfter: next })
  })
}
