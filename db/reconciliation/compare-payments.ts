import 'server-only'
import type { TransactionSql } from 'postgres'
import { toFen } from '#lib/domain/money.ts'
import type { OrderState } from '#lib/domain/order-state.ts'
import { type BillTerms, comparePayment, type Finding, type OurPayment } from '#lib/domain/reconciliation.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { type BilledRow, billedSide, readPairs, toBigInt } from './read-pairs.ts'
import { writeDifferences } from './write-differences.ts'

type Pair = BilledRow & {
  out_trade_no: string | null
  attempt_id: string | null
  asked: string | null
  order_id: string | null
  order_state: OrderState | null
  outcome: 'captured' | 'surplus' | 'late' | null
  captured: string | null
  captured_trade_no: string | null
  paid_ms: number | null
  booked: string | null
}

/** Lays each payment of the bill beside attempt, order, event and ledger, and writes down what does not agree. */
export async function comparePayments(
  tx: TransactionSql,
  { provider, day }: DayOfProvider,
  terms: BillTerms,
  { now, onProgress }: { readonly now: Date; readonly onProgress: (lines: number) => void },
): Promise<void> {
  await tx`
    declare pairs no scroll cursor for
    with doubled as materialized (
      select out_trade_no, min(line) as first from bill_lines
      where provider = ${provider} and day = ${day}::date and kind = 'payment'
      group by out_trade_no having count(*) > 1
    )
    select billed.line, billed.state, billed.amount_fen as amount, billed.fee_fen as fee,
      billed.provider_trade_no as trade_no, billed.out_trade_no,
      (extract(epoch from billed.completed_at) * 1000)::float8 as completed_ms,
      coalesce(billed.line > doubled.first, false) as is_repeat,
      attempt.id as attempt_id, attempt.amount_fen as asked, orders.id as order_id, orders.state as order_state,
      event.outcome, event.amount_fen as captured, event.provider_trade_no as captured_trade_no,
      (extract(epoch from event.occurred_at) * 1000)::float8 as paid_ms, clearing.amount_fen as booked
    from bill_lines as billed
    left join doubled on doubled.out_trade_no = billed.out_trade_no
    left join payment_attempts as attempt
      on attempt.out_trade_no = billed.out_trade_no and attempt.provider = billed.provider
    left join payments as payment on payment.id = attempt.payment_id
    left join orders on orders.id = payment.order_id
    left join payment_events as event
      on event.attempt_id = attempt.id and event.outcome in ('captured', 'surplus', 'late')
    left join journals as journal on journal.payment_event_id = event.id
    left join ledger_entries as clearing on clearing.journal_id = journal.id and clearing.account = 'clearing'
    where billed.provider = ${provider} and billed.day = ${day}::date and billed.kind = 'payment'`
  await readPairs<Pair>(tx, async (pairs, count) => {
    const found = pairs.flatMap((pair) => {
      const findings = comparePayment(billedSide(pair), ourSide(pair), terms)
      return findings.map((finding) => toFound(finding, pair))
    })
    await writeDifferences(tx, { provider, day }, found, now)
    onProgress(count)
  })
}

function ourSide({
  asked,
  order_state,
  outcome,
  captured,
  captured_trade_no,
  paid_ms,
  booked,
}: Pair): OurPayment | null {
  if (asked === null || order_state === null) return null
  const capture = outcome !== null &&
    captured !== null &&
    captured_trade_no !== null &&
    paid_ms !== null && {
      outcome,
      amount: toFen(BigInt(captured)),
      providerTradeNo: captured_trade_no,
      paidAt: new Date(paid_ms),
      bookedFen: booked === null ? null : toFen(BigInt(booked)),
    }
  return { askedFen: toFen(BigInt(asked)), orderState: order_state, capture: capture || null }
}

const toFound = (finding: Finding, pair: Pair) => ({
  finding,
  subject: finding === 'line_doubled' ? `line ${pair.line}` : (pair.out_trade_no ?? `line ${pair.line}`),
  line: pair.line,
  attemptId: pair.attempt_id,
  orderId: pair.order_id,
  billedFen: BigInt(pair.amount),
  billedFeeFen: BigInt(pair.fee),
  oursFen: finding === 'payment_booking' ? toBigInt(pair.booked) : toBigInt(pair.captured ?? pair.asked),
  detail: null,
})
