import 'server-only'
import type { Period } from '#lib/domain/figure-period.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import type { ProviderName } from '#lib/payments/port.ts'
import { sql } from '../client.ts'

export type SalesOfWay = {
  readonly provider: ProviderName
  readonly scene: string
  readonly orders: number
  readonly paid: Fen
}

/** What each way to pay brought in a period, the most first. */
export async function readSalesByWay(_: Permit<'figures.read'>, period: Period): Promise<readonly SalesOfWay[]> {
  const rows = await sql<{ provider: ProviderName; scene: string; orders: string; paid: string }[]>`
    select provider, scene, sum(orders) as orders, sum(paid_fen) as paid
    from figure_sales where day between ${period.first} and ${period.last}
    group by 1, 2 order by 4 desc, 1, 2`
  return rows.map((row) => ({ ...row, orders: Number(row.orders), paid: toFen(BigInt(row.paid)) }))
}
