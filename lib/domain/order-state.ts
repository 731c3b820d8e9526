import { follow, type Transitions } from './transition.ts'

export const ORDER_STATES = ['pending_payment', 'confirmed', 'completed', 'cancelled', 'expired'] as const
export type OrderState = (typeof ORDER_STATES)[number]
export type OrderEvent = 'payment_captured' | 'revived' | 'deadline_passed' | 'cancelled' | 'completed'

/**
 * The whole life of an order. It speaks of the promise between shop and shopper only: where the money is stands in the
 * payment, where the goods are in the fulfilment. An order that ended unpaid stands again when its money comes after all
 * and its goods can still be had; what else can come is told by `settlement.ts`.
 */
export const ORDER_TRANSITIONS = {
  pending_payment: { payment_captured: 'confirmed', deadline_passed: 'expired', cancelled: 'cancelled' },
  confirmed: { completed: 'completed', cancelled: 'cancelled' },
  completed: {},
  cancelled: { revived: 'confirmed' },
  expired: { revived: 'confirmed' },
} as const satisfies Transitions<OrderState, OrderEvent>

/** What the order becomes, or null when it can't go there from `from`. */
export const nextOrderState = (from: OrderState, event: OrderEvent): OrderState | null =>
  follow(ORDER_TRANSITIONS, from, event)

/** True while the shop holds stock for the order. */
export const holdsStock = (state: OrderState): boolean => state === 'pending_payment'

/** True when nothing is owed for the order any more, so that all money kept on it must go back. */
export const owesNothing = (state: OrderState): boolean => state === 'cancelled' || state === 'expired'
