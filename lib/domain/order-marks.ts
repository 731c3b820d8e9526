import type { FulfilmentState } from './fulfilment-state.ts'
import type { OrderState } from './order-state.ts'
import type { PaymentState } from './payment-state.ts'

export type MarkedOrder = {
  readonly state: OrderState
  readonly payment: PaymentState
  readonly fulfilment: FulfilmentState
  /** True while a request of the shopper's, or money that should go back, waits for somebody. */
  readonly hasOpenRequest: boolean
  /** True while it waits for a person before it may be sent. */
  readonly isHeld: boolean
}

/** `open`: somebody has to do something. `bad`: somebody has to look into it. `good`, `quiet`: it is as it should be, or over. */
export type MarkTone = 'open' | 'good' | 'bad' | 'plain' | 'quiet'
export const ORDER_MARKS = [
  'unpaid',
  'to_send',
  'partly_sent',
  'sent',
  'delivered',
  'returned',
  'completed',
  'cancelled',
  'expired',
  'review',
  'overpaid',
  'refunded',
  'partly_refunded',
  'request',
  'held',
] as const
export type OrderMark = (typeof ORDER_MARKS)[number]

const FULFILMENT = {
  unfulfilled: ['to_send', 'open'],
  partial: ['partly_sent', 'open'],
  shipped: ['sent', 'plain'],
  delivered: ['delivered', 'good'],
  returned: ['returned', 'quiet'],
} as const satisfies Record<FulfilmentState, readonly [OrderMark, MarkTone]>

const PAYMENT = {
  unpaid: null,
  paying: null,
  paid: null,
  review: ['review', 'bad'],
  overpaid: ['overpaid', 'bad'],
  refunded: ['refunded', 'quiet'],
  partially_refunded: ['partly_refunded', 'plain'],
} as const satisfies Record<PaymentState, readonly [OrderMark, MarkTone] | null>

const STATE = {
  pending_payment: ['unpaid', 'open'],
  confirmed: null,
  completed: ['completed', 'quiet'],
  cancelled: ['cancelled', 'quiet'],
  expired: ['expired', 'quiet'],
} as const satisfies Record<OrderState, readonly [OrderMark, MarkTone] | null>

/** What a list says of an order: where it is, and what about it is not as usual. */
export function orderMarks(order: MarkedOrder): readonly (readonly [OrderMark, MarkTone])[] {
  const request = order.hasOpenRequest ? (['request', 'open'] as const) : null
  const held = order.isHeld ? (['held', 'bad'] as const) : null
  return [STATE[order.state] ?? FULFILMENT[order.fulfilment], held, PAYMENT[order.payment], request].filter(
    (mark) => mark !== null,
  )
}
