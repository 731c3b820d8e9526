import 'server-only'
import { eq } from 'drizzle-orm'
import { nextRefundQueryAt } from '#lib/domain/refund-schedule.ts'
import { isOpenRefund } from '#lib/domain/refund-state.ts'
import { db } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { orders } from '../orders/schema.ts'
import { paymentAttempts, payments } from '../payments/schema.ts'
import { refunds } from './schema.ts'

/** Clocks of two machines differ; the shortest pause is a minute. */
const EARLY_AT_MOST_MS = 5_000

export type RefundCall = NonNullable<Awaited<ReturnType<typeof beginRefundCall>>>

/**
 * Notes that the provider is about to be called for a refund, and plans the next look at it with the job for that: the
 * process may die in the call. Null when nothing is to be done now: the refund has ended, or another job was faster.
 */
export async function beginRefundCall(refundId: string, now: Date) {
  return db.transaction(async (tx) => {
    const [refund] = await tx.select().from(refunds).where(eq(refunds.id, refundId)).for('update')
    if (!refund) throw new Error(`refund ${refundId} does not exist`)
    const due = refund.nextCheckAt && refund.nextCheckAt.getTime() <= now.getTime() + EARLY_AT_MOST_MS
    if (!due || !isOpenRefund(refund.state)) return null

    const sentAt = refund.sentAt ?? now
    // UnionPay takes no request whose time is long past: until it was sent first, that time is the call's.
    const requestedAt = refund.sentAt ? refund.requestedAt : now
    const nextCheckAt = nextRefundQueryAt(sentAt, now)
    await tx.update(refunds).set({ sentAt, requestedAt, nextCheckAt }).where(eq(refunds.id, refundId))
    await enqueue(tx, { name: 'pursue-refund', data: { refundId }, startAfter: nextCheckAt })
    const [paid] = await tx
      .select({ attempt: paymentAttempts, orderNumber: orders.number, locale: orders.locale })
      .from(paymentAttempts)
      .innerJoin(payments, eq(payments.id, paymentAttempts.paymentId))
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .where(eq(paymentAttempts.id, refund.attemptId))
    if (!paid) throw new Error(`refund ${refundId} has no payment`)
    return { refund: { ...refund, requestedAt }, ...paid, sentBefore: refund.sentAt !== null }
  })
}
