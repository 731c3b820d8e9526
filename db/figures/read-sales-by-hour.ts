import 'server-only'
import type { Period } from '#lib/domain/figure-period.ts'
import { type Fen, toFen, ZERO_FEN } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { sql } from '../client.ts'

export type SalesOfHour = { readonly hour: number; readonly orders: number; readonly paid: Fen }

/** When in the day people pay: each of the 24 hours in Shanghai, summed up over the days of a period. */
export async function readSalesByHour(_: Permit<'figures.read'>, period: Period): Promise<readonly SalesOfHour[]> {
  const rows = await sql<{ hour: number; orders: string; paid: string }[]>`
    select hour, sum(orders) as orders, sum(paid_fen) as paid
    from figure_sales where day between ${period.first} and ${period.last} group by 1`
  const known = new Map(rows.map((row) => [row.hour, row]))
  return Array.from({ length: 24 }, (__, hour) => {
    const row = known.get(hour)
    return { hour, orders: Number(row?.orders ?? 0), paid: row ? toFen(BigInt(row.paid)) : ZERO_FEN }
  })
}
