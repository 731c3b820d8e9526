import { follow, type Transitions } from './transition.ts'

export const ATTEMPT_STATES = [
  'created',
  'redirected',
  'processing',
  'unknown',
  'succeeded',
  'failed',
  'closed',
  'expired',
  'mismatch',
] as const
export type AttemptState = (typeof ATTEMPT_STATES)[number]
export type AttemptEvent =
  | 'handed_over'
  | 'buyer_is_paying'
  | 'no_answer'
  | 'captured'
  | 'failed'
  | 'closed'
  | 'deadline_passed'
  | 'misreported'

const ANY_TIME = { captured: 'succeeded', misreported: 'mismatch' } as const
const ENDS = { failed: 'failed', closed: 'closed', deadline_passed: 'expired' } as const

/**
 * One try at one provider. The provider's word wins over ours: an attempt that we took for failed, closed or expired
 * still succeeds when the provider says that it captured the money. `unknown` is a time-out: only a query ends it.
 * `mismatch` was reported with a wrong amount; a later report with the right one is believed, the incident stays open.
 */
export const ATTEMPT_TRANSITIONS = {
  created: { handed_over: 'redirected', buyer_is_paying: 'processing', no_answer: 'unknown', ...ENDS, ...ANY_TIME },
  redirected: { buyer_is_paying: 'processing', no_answer: 'unknown', ...ENDS, ...ANY_TIME },
  processing: { no_answer: 'unknown', ...ENDS, ...ANY_TIME },
  unknown: { handed_over: 'redirected', buyer_is_paying: 'processing', ...ENDS, ...ANY_TIME },
  succeeded: {},
  failed: ANY_TIME,
  closed: ANY_TIME,
  expired: ANY_TIME,
  mismatch: { captured: 'succeeded' },
} as const satisfies Transitions<AttemptState, AttemptEvent>

/** What the attempt becomes, or null when the event changes nothing there. */
export const nextAttemptState = (from: AttemptState, event: AttemptEvent): AttemptState | null =>
  follow(ATTEMPT_TRANSITIONS, from, event)

/** The states in which the shopper may still be paying. */
export const OPEN_ATTEMPT_STATES = ['created', 'redirected', 'processing', 'unknown'] as const satisfies AttemptState[]

export const isOpenAttempt = (state: AttemptState): boolean =>
  (OPEN_ATTEMPT_STATES as readonly AttemptState[]).includes(state)
