import { follow, type Transitions } from './transition.ts'

export const FULFILMENT_STATES = ['unfulfilled', 'partial', 'shipped', 'delivered', 'returned'] as const
export type FulfilmentState = (typeof FULFILMENT_STATES)[number]
export type FulfilmentEvent = 'shipped_in_part' | 'shipped_in_full' | 'delivered' | 'returned'

/** Where the goods are. A parcel that comes back unopened is `returned` too: it was shipped and is with us again. */
export const FULFILMENT_TRANSITIONS = {
  unfulfilled: { shipped_in_part: 'partial', shipped_in_full: 'shipped' },
  partial: { shipped_in_part: 'partial', shipped_in_full: 'shipped' },
  shipped: { delivered: 'delivered', returned: 'returned' },
  delivered: { returned: 'returned' },
  returned: {},
} as const satisfies Transitions<FulfilmentState, FulfilmentEvent>

/** What the fulfilment becomes, or null when it can't go there from `from`. */
export const nextFulfilmentState = (from: FulfilmentState, event: FulfilmentEvent): FulfilmentState | null =>
  follow(FULFILMENT_TRANSITIONS, from, event)
