import 'server-only'
import type { TransactionSql } from 'postgres'
import { OPEN_ATTEMPT_STATES } from '#lib/domain/attempt-state.ts'
import { toFen } from '#lib/domain/money.ts'
import { type OrderState, owesNothing } from '#lib/domain/order-state.ts'
import { type PaymentState, paymentState } from '#lib/domain/payment-state.ts'
import { DISPUTE_KINDS } from '#lib/domain/risk/incident-kinds.ts'
import type { Finding } from './audit-rule.ts'

type Facts = {
  readonly id: string
  readonly state: PaymentState
  readonly order_state: OrderState
  readonly amount_fen: string
  readonly captured: string
  readonly refunded: string
  readonly attempt_open: boolean
  readonly disputed: boolean
}

const BATCH = 1_000

/** A rule that asks the domain and no statement. */
export const PAYMENT_STATE_RULE = {
  payment_state_is_its_facts: {
    invariant: 'I2',
    sentence: 'The state of a payment is not what its events make it.',
  },
} as const

/** Works out the state of every payment anew from its events, by the rule that wrote it. */
export async function checkPaymentStates(tx: TransactionSql): Promise<Finding[]> {
  const findings: Finding[] = []
  const payments = tx<Facts[]>`
    select payments.id, payments.state, orders.state as order_state, payments.amount_fen,
      coalesce(events.captured, 0)::bigint as captured, coalesce(events.refunded, 0)::bigint as refunded,
      coalesce(attempts.open, false) as attempt_open, coalesce(attempts.disputed, false) as disputed
    from payments join orders on orders.id = order_id
    left join (
      select payment_id, bool_or(state in ${tx(OPEN_ATTEMPT_STATES)}) as open, bool_or(disputed) as disputed
      from payment_attempts left join lateral (
        select true as disputed from incidents
        where attempt_id = payment_attempts.id and settled_at is null and kind in ${tx(DISPUTE_KINDS)} limit 1
      ) as incident on true group by 1
    ) as attempts on attempts.payment_id = payments.id
    left join (
      select payment_id, sum(payment_events.amount_fen) filter (where outcome in ('captured', 'surplus', 'late')) as captured,
        sum(payment_events.amount_fen) filter (where outcome = 'refunded') as refunded
      from payment_events join payment_attempts on payment_attempts.id = attempt_id group by 1
    ) as events on events.payment_id = payments.id`
  for await (const batch of payments.cursor(BATCH)) {
    for (const payment of batch) {
      const state = stateOf(payment)
      if (state === payment.state) continue
      findings.push({
        rule: 'payment_state_is_its_facts',
        ...PAYMENT_STATE_RULE.payment_state_is_its_facts,
        what: `payment ${payment.id}: ${payment.state}, not ${state}`,
      })
    }
  }
  return findings
}

const stateOf = (payment: Facts): PaymentState =>
  paymentState({
    owed: owesNothing(payment.order_state) ? toFen(0n) : toFen(BigInt(payment.amount_fen)),
    captured: toFen(BigInt(payment.captured)),
    refunded: toFen(BigInt(payment.refunded)),
    attemptOpen: payment.attempt_open,
    disputed: payment.disputed,
  })
