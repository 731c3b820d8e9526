import 'server-only'
import { eq } from 'drizzle-orm'
import { type AttemptEvent, nextAttemptState } from '#lib/domain/attempt-state.ts'
import { db } from '../client.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { lockBook } from './lock-book.ts'
import { paymentAttempts } from './schema.ts'
import { updatePaymentState } from './update-payment-state.ts'

/**
 * Ends an attempt that took no money: closed at the provider, refused by it, or past its deadline there. An attempt
 * that succeeded stays what it is. To be called only on the provider's word; a time-out of ours proves nothing.
 * @param failureCode why it failed, in the provider's word or ours.
 * @returns false when it had ended before.
 */
export async function endAttempt(
  attemptId: string,
  event: Extract<AttemptEvent, 'closed' | 'failed' | 'deadline_passed'>,
  actor: string,
  failureCode: string | null = null,
): Promise<boolean> {
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const book = await lockBook(tx, eq(paymentAttempts.id, attemptId))
      const state = nextAttemptState(book.attempt.state, event)
      if (state === null) return false
      await tx
        .update(paymentAttempts)
        .set({ state, nextQueryAt: null, failureCode })
        .where(eq(paymentAttempts.id, attemptId))
      await updatePaymentState(tx, book, { event: `attempt_${event}`, actor, reason: book.attempt.outTradeNo })
      return true
    }),
  )
}
