import 'server-only'
import { type Fen, toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'

export type ListedBillDay = {
  readonly provider: ProviderName
  readonly day: string
  readonly state: 'waiting' | 'refused' | 'matched'
  readonly payments: number
  readonly refunds: number
  readonly paid: Fen
  readonly refunded: Fen
  readonly fees: Fen
  readonly problem: string | null
  /** Differences that wait for a person or for the next bill. */
  readonly open: number
  readonly settled: number
}

type Row = Pick<ListedBillDay, 'provider' | 'day' | 'state' | 'payments' | 'refunds' | 'problem' | 'open' | 'settled'> &
  Record<'paid' | 'refunded' | 'fees', string>

/** The days of a month, the newest first, each provider's; what is still open of them counted. @param month `yyyy-MM`. */
export async function listBillDays(_: Permit<'payments.read'>, month: string): Promise<readonly ListedBillDay[]> {
  const rows = await sql<Row[]>`
    select provider, day::text, state, payments, refunds, paid_fen as paid, refunded_fen as refunded, fees_fen as fees,
      problem, coalesce(counted.open, 0) as open, coalesce(counted.settled, 0) as settled
    from bill_days left join (
      select provider, day, count(*) filter (where state <> 'settled')::int as open,
        count(*) filter (where state = 'settled')::int as settled
      from bill_differences
      where day >= ${`${month}-01`}::date and day < ${`${month}-01`}::date + interval '1 month' group by 1, 2
    ) as counted using (provider, day)
    where day >= ${`${month}-01`}::date and day < ${`${month}-01`}::date + interval '1 month'
    order by bill_days.day desc, provider`
  return rows.map(({ paid, refunded, fees, ...row }) => ({
    ...row,
    paid: toFen(BigInt(paid)),
    refunded: toFen(BigInt(refunded)),
    fees: toFen(BigInt(fees)),
  }))
}
