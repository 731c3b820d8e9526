import type { FulfilmentState } from './fulfilment-state.ts'
import type { Fen } from './money.ts'
import { type OrderState, owesNothing } from './order-state.ts'
import type { PaymentState } from './payment-state.ts'

/** What the shopper has to know about an order, in the words of its page. */
export const ORDER_STATUSES = [
  'review',
  'confirming',
  'closing',
  'started',
  'awaiting',
  'refunded',
  'surplus',
  'refunded_in_part',
  'completed',
  'sent_in_part',
  'sent',
  'delivered',
  'paid',
  'money_goes_back',
  'expired',
  'cancelled',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

export type OrderFacts = {
  readonly state: OrderState
  readonly paymentState: PaymentState
  readonly fulfilment: FulfilmentState
  /** True once the time to pay is over, whatever has come of it. */
  readonly overdue: boolean
  /** True for a browser that comes back from a provider: money may be on its way. */
  readonly returned: boolean
}

export const isAwaitingPayment = ({ state }: Pick<OrderFacts, 'state'>): boolean => state === 'pending_payment'

/** The first row that holds is what we say. “Failed” is not among them: what is unknown is being confirmed. */
const STATUSES: readonly (readonly [OrderStatus, (facts: OrderFacts) => boolean])[] = [
  ['review', ({ paymentState }) => paymentState === 'review'],
  ['confirming', (facts) => isAwaitingPayment(facts) && facts.returned && facts.paymentState === 'paying'],
  ['closing', (facts) => isAwaitingPayment(facts) && facts.overdue],
  ['started', (facts) => isAwaitingPayment(facts) && facts.paymentState === 'paying'],
  ['awaiting', isAwaitingPayment],
  ['money_goes_back', ({ state, paymentState }) => owesNothing(state) && paymentState === 'overpaid'],
  ['surplus', ({ paymentState }) => paymentState === 'overpaid'],
  ['refunded', ({ paymentState }) => paymentState === 'refunded'],
  ['refunded_in_part', ({ paymentState }) => paymentState === 'partially_refunded'],
  ['completed', ({ state }) => state === 'completed'],
  ['sent_in_part', ({ state, fulfilment }) => state === 'confirmed' && fulfilment === 'partial'],
  ['sent', ({ state, fulfilment }) => state === 'confirmed' && fulfilment === 'shipped'],
  ['delivered', ({ state, fulfilment }) => state === 'confirmed' && fulfilment === 'delivered'],
  ['paid', ({ state }) => state === 'confirmed'],
  ['expired', ({ state }) => state === 'expired'],
]

export const orderStatus = (facts: OrderFacts): OrderStatus =>
  STATUSES.find(([, holds]) => holds(facts))?.[0] ?? 'cancelled'

const PAYABLE: readonly OrderStatus[] = ['awaiting', 'started', 'confirming']

/** True when a way to pay may be offered: where money may be on its way, only to those who say that they have not paid. */
export const mayPay = (facts: OrderFacts): boolean => !facts.overdue && PAYABLE.includes(orderStatus(facts))

type Standing = Pick<OrderFacts, 'state' | 'paymentState' | 'fulfilment'> & {
  readonly refunding: Fen
  readonly refunded: Fen
  /** The number of the last thing that happened to it. */
  readonly lastEvent: bigint
}

/** True while something is awaited that the page of the order will say by itself: a payment, a parcel, money that goes back. */
export const isUnderWay = ({ state, paymentState, refunding }: Standing): boolean =>
  isAwaitingPayment({ state }) || state === 'confirmed' || paymentState === 'overpaid' || refunding > 0n

/** Changes whenever the page of the order has something else to say. */
export const orderVersion = ({ state, paymentState, fulfilment, refunding, refunded, lastEvent }: Standing): string =>
  [state, paymentState, fulfilment, refunding, refunded, lastEvent].join('.')
