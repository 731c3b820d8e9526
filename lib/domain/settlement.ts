import { type AttemptState, nextAttemptState } from './attempt-state.ts'
import type { Fen } from './money.ts'
import { nextOrderState, type OrderState } from './order-state.ts'

/** What a provider said, once its signature held. The same event has the same `eventId` however it reached us. */
export type PaidReport = {
  readonly eventId: string
  /** The provider's own number of the trade. */
  readonly providerTradeNo: string
  readonly amount: Fen
  readonly currency: string
}

/** What our own book knows, read under its locks. */
export type SettlementFacts = {
  readonly attempt: {
    readonly state: AttemptState
    readonly amount: Fen
    readonly currency: string
    /** Null until the attempt succeeded. */
    readonly providerTradeNo: string | null
  }
  readonly payment: { readonly captured: Fen }
  readonly order: { readonly state: OrderState }
}

export type Settlement =
  /** The money is what was asked for, and the order waits for it. */
  | { readonly action: 'capture' }
  /** The order had ended unpaid: it stands again if its goods can be had, else the money goes back as `late`. */
  | { readonly action: 'revive' }
  /** Known already; nothing changes. */
  | { readonly action: 'repeat' }
  /** Real money that nobody owes: booked apart and sent back whole. */
  | { readonly action: 'give_back'; readonly reason: GiveBackReason }
  /** It can't be right: nothing is delivered, and a person looks at it. */
  | { readonly action: 'dispute'; readonly reason: DisputeReason }

/** `surplus`: the order was paid before, in another tab or by another way. `late`: it had ended, and its goods are gone. */
export type GiveBackReason = 'surplus' | 'late'
export type DisputeReason = 'amount' | 'currency' | 'other_trade'

/**
 * What to do with a payment that a provider reports. The one rule for notification, return page, query and bill:
 * whichever comes first does it, and the others are repeats.
 */
export function decideSettlement({ attempt, payment, order }: SettlementFacts, report: PaidReport): Settlement {
  if (report.currency !== attempt.currency) return { action: 'dispute', reason: 'currency' }
  if (report.amount !== attempt.amount) return { action: 'dispute', reason: 'amount' }
  if (attempt.providerTradeNo === report.providerTradeNo) return { action: 'repeat' }
  if (nextAttemptState(attempt.state, 'captured') === null) return { action: 'dispute', reason: 'other_trade' }
  if (payment.captured > 0n) return { action: 'give_back', reason: 'surplus' }
  if (nextOrderState(order.state, 'payment_captured') !== null) return { action: 'capture' }
  return nextOrderState(order.state, 'revived') === null
    ? { action: 'give_back', reason: 'late' }
    : { action: 'revive' }
}
