import 'server-only'
import type { Period } from '#lib/domain/figure-period.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { KNOWN_BY } from '../audit/known-by.ts'
import { sql } from '../client.ts'

export type FoundPayment = {
  readonly id: string
  readonly provider: ProviderName
  readonly outTradeNo: string
  readonly orderNumber: string
  readonly amount: Fen
  /** How we heard of it: no notification was believed for what was found. */
  readonly source: string
  readonly outcome: 'captured' | 'surplus' | 'late'
  readonly occurredAt: Date
  /** Seconds from the payment to our knowing of it. */
  readonly delay: number
  /** Longer than the questions to the provider allow. */
  readonly isLate: boolean
}

export const MOST_FOUND = 200

type Row = {
  id: string
  provider: ProviderName
  number: string
  order_number: string
  amount: string
  source: string
  outcome: FoundPayment['outcome']
  occurred_at: string
  delay: number
  is_late: boolean
}

/**
 * Money of a period that no notification told us of, that we knew of too late or that nobody owed; the newest first, at
 * most 200.
 */
export async function listFoundPayments(_: Permit<'payments.read'>, period: Period): Promise<readonly FoundPayment[]> {
  const rows = await sql<Row[]>`
    select found.id, provider, out_trade_no as number, orders.number as order_number, amount, source, outcome,
      occurred_at, delay, is_late
    from (
      select payment_events.id, payment_events.provider, payment_events.amount_fen as amount, source, outcome,
        occurred_at, payment_id, out_trade_no, extract(epoch from recorded_at - occurred_at)::float8 as delay,
        recorded_at > ${sql.unsafe(KNOWN_BY)} as is_late
      from payment_events join payment_attempts on payment_attempts.id = attempt_id
      where occurred_at >= ${period.first}::date::timestamp at time zone 'Asia/Shanghai'
        and occurred_at < (${period.last}::date + 1)::timestamp at time zone 'Asia/Shanghai'
        and outcome in ('captured', 'surplus', 'late')
        and (outcome <> 'captured' or source in ('query', 'bill', 'staff') or recorded_at - occurred_at > interval '120 s')
      order by occurred_at desc, payment_events.id desc limit ${MOST_FOUND}
    ) as found
    join payments on payments.id = payment_id
    join orders on orders.id = order_id
    order by occurred_at desc, found.id desc`
  return rows.map((row) => ({
    id: row.id,
    provider: row.provider,
    outTradeNo: row.number,
    orderNumber: row.order_number,
    amount: toFen(BigInt(row.amount)),
    source: row.source,
    outcome: row.outcome,
    occurredAt: new Date(row.occurred_at),
    delay: Math.max(0, Math.round(row.delay)),
    isLate: row.is_late,
  }))
}
