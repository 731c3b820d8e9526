import type { FulfilmentState } from './fulfilment-state.ts'
import type { Fen } from './money.ts'
import type { OrderState } from './order-state.ts'
import type { PaymentState } from './payment-state.ts'

/** What a customer can do with an order from its page. */
export const ORDER_ACTS = [
  'pay',
  'share_payment',
  'cancel',
  'ask_to_cancel',
  'confirm_receipt',
  'buy_again',
  'documents',
] as const
export type OrderAct = (typeof ORDER_ACTS)[number]

export type ActFacts = {
  readonly state: OrderState
  readonly paymentState: PaymentState
  readonly fulfilment: FulfilmentState
  /** True once the time to pay is over. */
  readonly overdue: boolean
  readonly captured: Fen
  readonly refunded: Fen
  readonly refunding: Fen
}

const isPayable = ({ state, overdue, paymentState }: ActFacts) =>
  state === 'pending_payment' && !overdue && paymentState !== 'review'
/** Money of the shopper's that is not on its way back. */
const isKept = ({ captured, refunded, refunding }: ActFacts) => captured > refunded + refunding

/** Each act, and when it is offered. Whoever does it looks again under the order's lock. */
const OFFERED: Readonly<Record<OrderAct, (facts: ActFacts) => boolean>> = {
  pay: isPayable,
  share_payment: isPayable,
  cancel: isPayable,
  ask_to_cancel: (facts) =>
    facts.state === 'confirmed' &&
    (facts.fulfilment === 'unfulfilled' || facts.fulfilment === 'partial') &&
    isKept(facts),
  confirm_receipt: ({ state, fulfilment }) =>
    state === 'confirmed' && (fulfilment === 'shipped' || fulfilment === 'delivered'),
  buy_again: ({ state }) => state !== 'pending_payment',
  documents: ({ captured }) => captured > 0n,
}

export const mayAct = (act: OrderAct, facts: ActFacts): boolean => OFFERED[act](facts)
