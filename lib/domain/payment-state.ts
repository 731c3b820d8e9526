import type { Fen } from './money.ts'

export const PAYMENT_STATES = [
  'unpaid',
  'paying',
  'paid',
  'overpaid',
  'partially_refunded',
  'refunded',
  'review',
] as const
export type PaymentState = (typeof PAYMENT_STATES)[number]

/** The sums that the ledger knows about one payment. All amounts in fen and never negative. */
export type PaymentFacts = {
  /** What the shopper owes: the order's total, or nothing once it is cancelled or expired. */
  readonly owed: Fen
  readonly captured: Fen
  /** Money that went back, not money that is promised back. */
  readonly refunded: Fen
  /** True while a shopper may be paying at a provider. */
  readonly attemptOpen: boolean
  /** True while a provider reported what can't be right (another amount, another currency) and nobody has settled it. */
  readonly disputed: boolean
}

/** Where the money is, told by the sums and by nothing else. The first row that holds is the state. */
const STATES: readonly (readonly [PaymentState, (facts: PaymentFacts) => boolean])[] = [
  ['review', ({ disputed }) => disputed],
  ['overpaid', ({ owed, captured, refunded }) => captured - refunded > owed],
  ['refunded', ({ captured, refunded }) => captured > 0n && refunded === captured],
  ['partially_refunded', ({ owed, captured, refunded }) => refunded > 0n && captured - refunded < owed],
  ['paid', ({ captured }) => captured > 0n],
  ['paying', ({ attemptOpen }) => attemptOpen],
]

/** The state of a payment. The column that holds it is a cache of this function. */
export const paymentState = (facts: PaymentFacts): PaymentState =>
  STATES.find(([, holds]) => holds(facts))?.[0] ?? 'unpaid'
