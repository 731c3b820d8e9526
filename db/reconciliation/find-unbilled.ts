import 'server-only'
import type { TransactionSql } from 'postgres'
import type { Window } from '#lib/domain/bill-day.ts'
import { FINDINGS } from '#lib/domain/reconciliation.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { seenAgain } from './write-differences.ts'

type Missed = 'payment_unbilled' | 'refund_unbilled'

/**
 * Writes down the payments that we had within the bill's window and that no bill has. While the next day has not been
 * matched they wait for it, since clocks and closing times differ.
 */
export async function findUnbilledPayments(tx: TransactionSql, day: DayOfProvider, { from, to }: Window, now: Date) {
  await tx`
    with missed as (
      select attempt.out_trade_no as subject, attempt.id as attempt_id, payment.order_id, event.amount_fen
      from payment_events as event
      join payment_attempts as attempt on attempt.id = event.attempt_id
      join payments as payment on payment.id = attempt.payment_id
      where event.provider = ${day.provider} and event.outcome in ('captured', 'surplus', 'late')
        and event.occurred_at >= ${from.toISOString()}::timestamptz and event.occurred_at < ${to.toISOString()}::timestamptz
        and not exists (
          select from bill_lines as billed
          where billed.out_trade_no = attempt.out_trade_no and billed.kind = 'payment' and billed.provider = ${day.provider}
        )
    ) ${noteMissed(tx, 'payment_unbilled', day, now)}`
}

/** The same for refunds that arrived. */
export async function findUnbilledRefunds(tx: TransactionSql, day: DayOfProvider, { from, to }: Window, now: Date) {
  await tx`
    with missed as (
      select refund.refund_no as subject, refund.attempt_id, payment.order_id, event.amount_fen
      from payment_events as event
      join refunds as refund on refund.refund_no = substr(event.event_id, length('refund:') + 1)
      join payment_attempts as attempt on attempt.id = refund.attempt_id
      join payments as payment on payment.id = attempt.payment_id
      where event.provider = ${day.provider} and event.outcome = 'refunded'
        and event.occurred_at >= ${from.toISOString()}::timestamptz and event.occurred_at < ${to.toISOString()}::timestamptz
        and not exists (
          select from bill_lines as billed
          where billed.refund_no = refund.refund_no and billed.kind = 'refund' and billed.provider = ${day.provider}
        )
    ) ${noteMissed(tx, 'refund_unbilled', day, now)}`
}

/** Writes down what stands in the step `missed (subject, attempt_id, order_id, amount_fen)`. */
function noteMissed(tx: TransactionSql, finding: Missed, { provider, day }: DayOfProvider, now: Date) {
  const { kind, proposal } = FINDINGS[finding]
  const at = now.toISOString()
  return tx`
    insert into bill_differences (provider, day, finding, kind, proposal, subject, attempt_id, order_id, ours_fen,
      state, opened_at, seen_at)
    select ${provider}, ${day}::date, ${finding}, ${kind}, ${proposal}, subject, attempt_id, order_id, amount_fen,
      case when exists (
        select from bill_days where provider = ${provider} and day = ${day}::date + 1 and state = 'matched'
      ) then 'open' else 'waiting' end,
      ${at}::timestamptz, ${at}::timestamptz
    from missed
    ${seenAgain()}`
}
