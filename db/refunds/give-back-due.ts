import 'server-only'
import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { ZERO_FEN } from '#lib/domain/money.ts'
import { db } from '../client.ts'
import { lockBook } from '../payments/lock-book.ts'
import { paymentAttempts, refundsDue } from '../payments/schema.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { openRequest } from './open-request.ts'
import { reserveRefund } from './reserve-refund.ts'
import { refundRequests } from './schema.ts'

/**
 * Gives back money that nobody owes, whole and once. No window and no wish: what came is what goes.
 * @returns false when its refund was started before.
 */
export async function giveBackDue(refundDueId: string, now: Date): Promise<boolean> {
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const ofDue = tx.select({ id: refundsDue.attemptId }).from(refundsDue).where(eq(refundsDue.id, refundDueId))
      const book = await lockBook(tx, eq(paymentAttempts.id, ofDue))
      const [due] = await tx.select().from(refundsDue).where(eq(refundsDue.id, refundDueId))
      if (!due) throw new Error(`claim ${refundDueId} does not exist`)
      const started = await tx.$count(refundRequests, eq(refundRequests.refundDueId, refundDueId))
      if (started > 0) return false

      const opened = await openRequest(tx, {
        id: due.id,
        orderId: book.order.id,
        attemptId: due.attemptId,
        refundDueId,
        cause: due.reason,
        amountFen: due.amountFen,
        goodsFen: due.amountFen,
        discountFen: ZERO_FEN,
        shippingFen: ZERO_FEN,
        restock: false,
        actor: 'system',
        inputHash: createHash('sha256').update(due.id).digest(),
        requestedAt: now,
      })
      await reserveRefund(tx, book, opened, { actor: 'system', now })
      return true
    }),
  )
}
