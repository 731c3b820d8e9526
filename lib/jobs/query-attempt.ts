import 'server-only'
import type { JobData } from '#db/jobs/queues.ts'
import { findAttempt } from '#db/payments/find-attempt.ts'
import { scheduleQuery } from '#db/payments/schedule-query.ts'
import { closeAtProvider } from '../checkout/close-at-provider.ts'
import { queryAndSettle } from '../checkout/query-and-settle.ts'
import type { AttemptState } from '../domain/attempt-state.ts'
import type { PaymentRegistry } from '../payments/registry.ts'

/** Where the provider's word can still change something. */
const UNDECIDED: readonly AttemptState[] = ['created', 'redirected', 'processing', 'unknown', 'mismatch']

/**
 * Asks the provider about an attempt whose notification has not come, and plans the next time. When the order has its
 * money by another attempt, this one is closed instead, so that nobody pays twice.
 */
export async function runQueryAttempt(
  providers: PaymentRegistry,
  { attemptId }: JobData['query-attempt'],
  now: Date,
): Promise<void> {
  const attempt = await findAttempt({ id: attemptId })
  if (!attempt || !UNDECIDED.includes(attempt.state)) return
  const provider = providers.get(attempt.provider)
  const awaited = attempt.orderState === 'pending_payment' && attempt.capturedFen === 0n
  if (provider && (awaited || attempt.state === 'mismatch')) await queryAndSettle(provider, attempt)
  else if (provider) await closeAtProvider(provider, attempt, now)
  await scheduleQuery(attemptId, now)
}
