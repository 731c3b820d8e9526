import { follow, type Transitions } from './transition.ts'

export const AFTER_SALE_STATES = [
  'requested',
  'approved',
  'declined',
  'withdrawn',
  'goods_received',
  'refunding',
  'refunded',
] as const
export type AfterSaleState = (typeof AFTER_SALE_STATES)[number]
export type AfterSaleEvent =
  | 'approved'
  | 'declined'
  | 'withdrawn'
  | 'goods_received'
  | 'refund_started'
  | 'refund_succeeded'
  | 'refund_failed'

/**
 * One request for a return or a refund, by a shopper or by us; an order may have several. What staff decide, and money
 * that nobody owes, begins as `approved`. A failed refund can be tried again, and may turn out to have succeeded.
 */
export const AFTER_SALE_TRANSITIONS = {
  requested: { approved: 'approved', declined: 'declined', withdrawn: 'withdrawn' },
  approved: {
    goods_received: 'goods_received',
    refund_started: 'refunding',
    refund_succeeded: 'refunded',
    withdrawn: 'withdrawn',
  },
  goods_received: { refund_started: 'refunding', declined: 'declined' },
  refunding: { refund_succeeded: 'refunded', refund_failed: 'approved' },
  declined: {},
  withdrawn: {},
  refunded: {},
} as const satisfies Transitions<AfterSaleState, AfterSaleEvent>

/** What the request becomes, or null when it can't go there from `from`. */
export const nextAfterSaleState = (from: AfterSaleState, event: AfterSaleEvent): AfterSaleState | null =>
  follow(AFTER_SALE_TRANSITIONS, from, event)

/** The states in which the money of the request went back or is promised. */
export const REFUNDING_STATES = ['refunding', 'refunded'] as const satisfies AfterSaleState[]
