import 'server-only'
import { type Period, type Step, stepsOf } from '#lib/domain/figure-period.ts'
import { type Fen, toFen, ZERO_FEN } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { sql } from '../client.ts'
import { fillSteps, stepLabel } from './step-label.ts'

export type SalesOfStep = {
  readonly step: string
  readonly orders: number
  /** At catalogue prices. */
  readonly goods: Fen
  readonly discount: Fen
  readonly shipping: Fen
  /** `goods − discount + shipping`. */
  readonly paid: Fen
}

type Row = { step: string; orders: string; goods: string; discount: string; shipping: string; paid: string }

/** What was paid in each hour, day or month of a period, by the time of the payment. */
export async function readSales(
  _: Permit<'figures.read'>,
  period: Period,
  step: Step,
): Promise<readonly SalesOfStep[]> {
  const rows = await sql<Row[]>`
    select ${stepLabel(step)} as step, sum(orders) as orders, sum(goods_fen) as goods, sum(discount_fen) as discount,
      sum(shipping_fen) as shipping, sum(paid_fen) as paid
    from figure_sales where day between ${period.first} and ${period.last} group by 1`
  const sales = rows.map((row) => ({
    step: row.step,
    orders: Number(row.orders),
    goods: toFen(BigInt(row.goods)),
    discount: toFen(BigInt(row.discount)),
    shipping: toFen(BigInt(row.shipping)),
    paid: toFen(BigInt(row.paid)),
  }))
  return fillSteps(stepsOf(period, step), sales, {
    orders: 0,
    goods: ZERO_FEN,
    discount: ZERO_FEN,
    shipping: ZERO_FEN,
    paid: ZERO_FEN,
  })
}
