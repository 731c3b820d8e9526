import 'server-only'
import type { TransactionSql } from 'postgres'
import { toFen } from '#lib/domain/money.ts'
import { type BillTerms, compareRefund, type Finding, type OurRefund } from '#lib/domain/reconciliation.ts'
import type { RefundState } from '#lib/domain/refund-state.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { type BilledRow, billedSide, readPairs, toBigInt } from './read-pairs.ts'
import { writeDifferences } from './write-differences.ts'

type Pair = BilledRow & {
  refund_no: string | null
  attempt_id: string | null
  order_id: string | null
  our_state: RefundState | null
  ours: string | null
  refunded_ms: number | null
  booked: string | null
}

/** Lays each refund of the bill beside ours, and its ledger. A refund that names no number of ours is nobody's. */
export async function compareRefunds(
  tx: TransactionSql,
  { provider, day }: DayOfProvider,
  terms: BillTerms,
  now: Date,
): Promise<void> {
  await tx`
    declare pairs no scroll cursor for
    with doubled as materialized (
      select refund_no, min(line) as first from bill_lines
      where provider = ${provider} and day = ${day}::date and kind = 'refund'
      group by refund_no having count(*) > 1
    )
    select billed.line, billed.state, billed.amount_fen as amount, billed.fee_fen as fee,
      billed.provider_trade_no as trade_no, billed.refund_no,
      (extract(epoch from billed.completed_at) * 1000)::float8 as completed_ms,
      coalesce(billed.line > doubled.first, false) as is_repeat,
      coalesce(refund.attempt_id, paid.id) as attempt_id, payment.order_id,
      refund.state as our_state, refund.amount_fen as ours,
      (extract(epoch from refund.refunded_at) * 1000)::float8 as refunded_ms, clearing.amount_fen as booked
    from bill_lines as billed
    left join doubled on doubled.refund_no = billed.refund_no
    left join payment_attempts as paid
      on paid.provider = billed.provider and paid.provider_trade_no = billed.provider_trade_no
    left join refunds as refund on refund.refund_no = billed.refund_no and exists (
      select from payment_attempts as of where of.id = refund.attempt_id and of.provider = billed.provider
    )
    left join payment_attempts as attempt on attempt.id = coalesce(refund.attempt_id, paid.id)
    left join payments as payment on payment.id = attempt.payment_id
    left join payment_events as event
      on event.provider = billed.provider and event.event_id = 'refund:' || refund.refund_no
    left join journals as journal on journal.payment_event_id = event.id
    left join ledger_entries as clearing on clearing.journal_id = journal.id and clearing.account = 'clearing'
    where billed.provider = ${provider} and billed.day = ${day}::date and billed.kind = 'refund'`
  await readPairs<Pair>(tx, async (pairs) => {
    const found = pairs.flatMap((pair) =>
      compareRefund(billedSide(pair), ourSide(pair), terms).map((finding) => toFound(finding, pair)),
    )
    await writeDifferences(tx, { provider, day }, found, now)
  })
}

function ourSide({ our_state, ours, refunded_ms, booked }: Pair): OurRefund | null {
  if (our_state === null || ours === null) return null
  return {
    state: our_state,
    amount: toFen(BigInt(ours)),
    refundedAt: refunded_ms === null ? null : new Date(refunded_ms),
    bookedFen: booked === null ? null : toFen(BigInt(booked)),
  }
}

const toFound = (finding: Finding, pair: Pair) => ({
  finding,
  subject: finding === 'line_doubled' || pair.refund_no === null ? `line ${pair.line}` : pair.refund_no,
  line: pair.line,
  attemptId: pair.attempt_id,
  orderId: pair.order_id,
  billedFen: BigInt(pair.amount),
  billedFeeFen: BigInt(pair.fee),
  oursFen: toBigInt(finding === 'refund_booking' ? pair.booked : pair.ours),
  detail: null,
})
