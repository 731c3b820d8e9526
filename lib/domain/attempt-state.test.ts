import { expect, test } from 'vitest'
import {
  ATTEMPT_STATES,
  type AttemptEvent,
  type AttemptState,
  isOpenAttempt,
  nextAttemptState,
} from './attempt-state.ts'

const table: [from: AttemptState, event: AttemptEvent, to: AttemptState | null][] = [
  ['created', 'handed_over', 'redirected'],
  ['created', 'no_answer', 'unknown'],
  ['created', 'captured', 'succeeded'], // paid before our own answer was stored
  ['redirected', 'buyer_is_paying', 'processing'],
  ['redirected', 'handed_over', null],
  ['processing', 'closed', 'closed'],
  ['unknown', 'handed_over', 'redirected'], // the repeated call got its answer
  ['unknown', 'captured', 'succeeded'],
  ['failed', 'captured', 'succeeded'], // the provider's word wins
  ['closed', 'captured', 'succeeded'],
  ['expired', 'captured', 'succeeded'],
  ['succeeded', 'captured', null],
  ['succeeded', 'closed', null], // a trade that was refunded whole is closed at the provider
  ['succeeded', 'misreported', null],
  ['mismatch', 'captured', 'succeeded'],
  ['mismatch', 'deadline_passed', null],
]

test.each(table)('%s + %s → %s', (from, event, to) => {
  expect(nextAttemptState(from, event)).toBe(to)
})

test('an attempt is open until the provider or the clock ended it', () => {
  expect(ATTEMPT_STATES.filter(isOpenAttempt)).toEqual(['created', 'redirected', 'processing', 'unknown'])
})
