import 'server-only'
import type { DisputeReason } from '#lib/domain/settlement.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { type Capture, captureAttempt } from './capture-attempt.ts'
import type { AcceptedMessage } from './record-message.ts'
import { settleUnusual } from './settle-unusual.ts'

export type Settled =
  /**
   * `captured`: this call confirmed the order. `revived`: it had ended, and stands again. `surplus`, `late`: the money is
   * booked and goes back.
   */
  | {
      readonly outcome: 'captured' | 'repeat' | 'revived' | 'surplus' | 'late'
      readonly orderId: string
      /** True when the message was kept in the transaction of its effect; otherwise it still has to be. */
      readonly messageKept?: boolean
    }
  /** It can't be right: an incident is open and nothing else changed. */
  | { readonly outcome: 'disputed'; readonly orderId: string; readonly reason: DisputeReason }
  /** No attempt of ours has this number; nothing was written. */
  | { readonly outcome: 'unknown_attempt' }

const TRIES = 5

/**
 * The one way in which money reaches an order: for notification, return page, query and bill alike, any number of
 * times, in any order and at once. What to do is `decideSettlement()`'s word; each event has its effect once, by a
 * unique key. When this returns, the effect is committed.
 * @param message that told of it; in the usual case it is kept with the effect.
 * @throws when the database can't be reached or stays contended: let the provider send again.
 */
export async function settleAttempt(capture: Capture, message?: AcceptedMessage): Promise<Settled> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { orderId, captured, known, kept } = await retryConflicts(() => captureAttempt(capture, message))
    if (orderId === null) return { outcome: 'unknown_attempt' }
    if (captured) return { outcome: 'captured', orderId, ...(message && { messageKept: kept }) }
    if (known) return { outcome: 'repeat', orderId, ...(message && { messageKept: kept }) }
    // Sent twice at once, it was applied while this call waited for the lock, which only a new look can see.
    if (tries === 0) continue

    const outcome = await retryConflicts(() => settleUnusual(capture))
    if (typeof outcome === 'object') return { outcome: 'disputed', orderId, reason: outcome.disputed }
    if (outcome !== 'capture') return { outcome, orderId }
  }
  throw new Error(`attempt ${capture.outTradeNo} kept changing while it was settled`)
}
