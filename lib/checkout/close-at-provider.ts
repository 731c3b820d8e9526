import 'server-only'
import { endAttempt } from '#db/payments/end-attempt.ts'
import { crashPoint } from '../crash-point.ts'
import type { PaymentProvider } from '../payments/port.ts'
import { type QueriedAttempt, queryAndSettle } from './query-and-settle.ts'

/** How long after its deadline a trade that can't be closed by us may still be reported as paid. */
const GRACE_MS = 60_000

export type ClosableAttempt = QueriedAttempt & { readonly expiresAt: Date }

export type Closed =
  /** It takes no money any more; ended with us too. */
  | { readonly state: 'ended' }
  /** It turned out that money had come: applied. */
  | { readonly state: 'settled' }
  /** The shopper may still be paying; try again later. */
  | { readonly state: 'open'; readonly reason: string }

/** Ends an attempt, the provider first. Only its word ends it: after a time-out the attempt stays open. */
export async function closeAtProvider(provider: PaymentProvider, attempt: ClosableAttempt, now: Date): Promise<Closed> {
  const pastDeadline = now.getTime() > attempt.expiresAt.getTime() + GRACE_MS
  const answer = await provider.close(attempt)
  crashPoint('provider_closed')
  if (!answer.ok) return { state: 'open', reason: answer.error.code }

  switch (answer.value) {
    case 'closed':
    case 'not_found': {
      await endAttempt(attempt.id, pastDeadline ? 'deadline_passed' : 'closed', 'system')
      crashPoint('attempt_ended')
      return { state: 'ended' }
    }
    case 'not_open':
    case 'not_supported': {
      const queried = await queryAndSettle(provider, attempt)
      if (queried.state === 'settled' || queried.state === 'ended') return { state: queried.state }
      if (queried.state === 'unknown' || !pastDeadline) return { state: 'open', reason: answer.value }
      await endAttempt(attempt.id, 'deadline_passed', 'system')
      crashPoint('attempt_ended')
      return { state: 'ended' }
    }
  }
}
