import 'server-only'
import { type Fen, toFen } from '#lib/domain/money.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'

export type SettlementMonth = {
  readonly provider: ProviderName
  readonly days: number
  /** Days of the month that no whole bill was matched with. */
  readonly unmatchedDays: number
  readonly payments: number
  readonly refunds: number
  readonly paid: Fen
  readonly refunded: Fen
  readonly fees: Fen
  /** What the provider owes us for the month: paid − refunded − fees. */
  readonly net: Fen
  readonly openDifferences: number
}

type Row = { provider: ProviderName } & Record<
  'days' | 'unmatched' | 'payments' | 'refunds' | 'paid' | 'refunded' | 'fees' | 'open',
  string
>

/**
 * What each provider's bills of a month come to, by its own days.
 * @param month `yyyy-MM`; days that have no row yet are not counted.
 */
export async function readSettlementMonth(month: string): Promise<SettlementMonth[]> {
  const rows = await sql<Row[]>`
    select provider, count(*) as days, count(*) filter (where state <> 'matched') as unmatched,
      sum(payments) as payments, sum(refunds) as refunds,
      sum(paid_fen) as paid, sum(refunded_fen) as refunded, sum(fees_fen) as fees,
      (
        select count(*) from bill_differences as difference
        where difference.provider = bill_days.provider and state <> 'settled'
          and date_trunc('month', day) = ${`${month}-01`}::date
      ) as open
    from bill_days where date_trunc('month', day) = ${`${month}-01`}::date
    group by provider order by provider`
  return rows.map((row) => {
    const [paid, refunded, fees] = [BigInt(row.paid), BigInt(row.refunded), BigInt(row.fees)]
    return {
      provider: row.provider,
      days: Number(row.days),
      unmatchedDays: Number(row.unmatched),
      payments: Number(row.payments),
      refunds: Number(row.refunds),
      paid: toFen(paid),
      refunded: toFen(refunded),
      fees: toFen(fees),
      net: toFen(paid - refunded - fees),
      openDifferences: Number(row.open),
    }
  })
}
