import 'server-only'
import type { Period } from '#lib/domain/figure-period.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { sql } from '../client.ts'

export type StockOfDay = { readonly day: string; readonly units: number; readonly value: Fen }

/** What stood on the shelves on each evening of a period, at the prices of that evening; days without figures are left out. */
export async function readStockFigures(_: Permit<'figures.read'>, period: Period): Promise<readonly StockOfDay[]> {
  const rows = await sql<{ day: string; units: string; value: string }[]>`
    select day::text, units, value_fen as value from figure_stock
    where day between ${period.first} and ${period.last} order by figure_stock.day`
  return rows.map(({ day, units, value }) => ({ day, units: Number(units), value: toFen(BigInt(value)) }))
}
