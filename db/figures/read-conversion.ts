import 'server-only'
import { type Period, type Step, stepsOf } from '#lib/domain/figure-period.ts'
import { type Fen, toFen, ZERO_FEN } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { sql } from '../client.ts'
import { fillSteps, stepLabel } from './step-label.ts'

export type ConversionOfStep = {
  readonly step: string
  /** Baskets that somebody began. */
  readonly carts: number
  readonly placed: number
  /** Of those that were placed then. */
  readonly paid: number
  readonly expired: number
  readonly cancelled: number
  readonly placedFen: Fen
}

type Row = Record<'step' | 'carts' | 'placed' | 'paid' | 'expired' | 'cancelled' | 'placed_fen', string>

/** How far shoppers came, by the day or month on which they began their basket or placed their order. */
export async function readConversion(
  _: Permit<'figures.read'>,
  period: Period,
  step: Exclude<Step, 'hour'>,
): Promise<readonly ConversionOfStep[]> {
  const rows = await sql<Row[]>`
    select ${stepLabel(step)} as step, sum(coalesce(begun, 0)) as carts, sum(coalesce(placed, 0)) as placed,
      sum(coalesce(paid, 0)) as paid, sum(coalesce(expired, 0)) as expired, sum(coalesce(cancelled, 0)) as cancelled,
      sum(coalesce(placed_fen, 0)) as placed_fen
    from figure_orders full join figure_carts using (day)
    where day between ${period.first} and ${period.last} group by 1`
  const conversion = rows.map((row) => ({
    step: row.step,
    carts: Number(row.carts),
    placed: Number(row.placed),
    paid: Number(row.paid),
    expired: Number(row.expired),
    cancelled: Number(row.cancelled),
    placedFen: toFen(BigInt(row.placed_fen)),
  }))
  return fillSteps(stepsOf(period, step), conversion, {
    carts: 0,
    placed: 0,
    paid: 0,
    expired: 0,
    cancelled: 0,
    placedFen: ZERO_FEN,
  })
}
