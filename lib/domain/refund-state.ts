import { follow, type Transitions } from './transition.ts'

export const REFUND_STATES = ['pending', 'processing', 'succeeded', 'failed', 'abnormal'] as const
export type RefundState = (typeof REFUND_STATES)[number]
export type RefundEvent = 'accepted' | 'succeeded' | 'failed' | 'went_astray' | 'sent_again'

/**
 * One payment back, known to the provider by its own number. `pending` was not sent, or got no answer that can be
 * believed; `processing` was accepted. `abnormal` left us and reached nobody, so a person has to act; it holds its money
 * as much as one that is under way. `failed` moved nothing. The provider's word wins over ours to the end.
 */
export const REFUND_TRANSITIONS = {
  pending: { accepted: 'processing', succeeded: 'succeeded', failed: 'failed', went_astray: 'abnormal' },
  processing: { succeeded: 'succeeded', failed: 'failed', went_astray: 'abnormal' },
  abnormal: { succeeded: 'succeeded', failed: 'failed' },
  failed: { sent_again: 'pending', succeeded: 'succeeded' },
  succeeded: {},
} as const satisfies Transitions<RefundState, RefundEvent>

/** What the refund becomes, or null when the event changes nothing there. */
export const nextRefundState = (from: RefundState, event: RefundEvent): RefundState | null =>
  follow(REFUND_TRANSITIONS, from, event)

/** The states in which the money is promised and not there yet: it can't be promised twice. */
export const OPEN_REFUND_STATES = ['pending', 'processing', 'abnormal'] as const satisfies RefundState[]

export const isOpenRefund = (state: RefundState): boolean =>
  (OPEN_REFUND_STATES as readonly RefundState[]).includes(state)

/** How a failed refund is tried again. `spent`: the provider said that its number is over. Only then a second is safe. */
export const resendWay = ({ spent }: { readonly spent: boolean }): 'same_number' | 'new_number' =>
  spent ? 'new_number' : 'same_number'

/** What a person does about a refund that does not go on by itself. Null where it does, or has ended well. */
export function nextStep(state: RefundState): 'resend' | 'ask_shopper' | null {
  if (state === 'failed') return 'resend'
  return state === 'abnormal' ? 'ask_shopper' : null
}
