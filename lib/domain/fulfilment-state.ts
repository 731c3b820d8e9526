import { follow, type Transitions } from './transition.ts'

export const FULFILMENT_STATES = ['unfulfilled', 'partial', 'shipped', 'delivered', 'returned'] as const
export type FulfilmentState = (typeof FULFILMENT_STATES)[number]
export type FulfilmentEvent =
  | 'shipped_in_part'
  | 'shipped_in_full'
  | 'shipment_undone'
  | 'all_shipments_undone'
  | 'rest_given_up'
  | 'rest_owed_again'
  | 'delivered_in_part'
  | 'delivered'
  | 'returned'

/**
 * Where the goods are. A parcel that comes back unopened is `returned` too: it was shipped and is with us again. What
 * went out by mistake can be undone for some minutes. Units that are paid back before they were sent need not be sent
 * any more (`rest_given_up`), until that refund fails (`rest_owed_again`).
 */
export const FULFILMENT_TRANSITIONS = {
  unfulfilled: { shipped_in_part: 'partial', shipped_in_full: 'shipped' },
  partial: {
    shipped_in_part: 'partial',
    shipped_in_full: 'shipped',
    shipment_undone: 'partial',
    all_shipments_undone: 'unfulfilled',
    rest_given_up: 'shipped',
    delivered_in_part: 'partial',
  },
  shipped: {
    shipment_undone: 'partial',
    all_shipments_undone: 'unfulfilled',
    rest_owed_again: 'partial',
    delivered_in_part: 'shipped',
    delivered: 'delivered',
    returned: 'returned',
  },
  delivered: { rest_owed_again: 'partial', returned: 'returned' },
  returned: { rest_owed_again: 'partial' },
} as const satisfies Transitions<FulfilmentState, FulfilmentEvent>

/** What the fulfilment becomes, or null when it can't go there from `from`. */
export const nextFulfilmentState = (from: FulfilmentState, event: FulfilmentEvent): FulfilmentState | null =>
  follow(FULFILMENT_TRANSITIONS, from, event)
