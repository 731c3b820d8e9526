import 'server-only'
import { type Period, type Step, stepsOf } from '#lib/domain/figure-period.ts'
import { type Fen, toFen, ZERO_FEN } from '#lib/domain/money.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { sql } from '../client.ts'
import { REFUND_CAUSES } from '../refunds/schema.ts'
import { fillSteps, stepLabel } from './step-label.ts'

export type RefundsOfStep = {
  readonly step: string
  readonly refunds: number
  /** Given back for goods and delivery: it takes sales back. */
  readonly ofSales: Fen
  /** Paid twice or too late and sent back: it was never counted as sales. */
  readonly ofSurplus: Fen
}

const SURPLUS = REFUND_CAUSES.filter((cause) => cause === 'surplus' || cause === 'late')

/** What went back in each day or month of a period, by the time when it did. */
export async function readRefundFigures(
  _: Permit<'figures.read'>,
  period: Period,
  step: Exclude<Step, 'hour'>,
): Promise<readonly RefundsOfStep[]> {
  const rows = await sql<{ step: string; refunds: string; sales: string; surplus: string }[]>`
    select ${stepLabel(step)} as step, sum(refunds) as refunds,
      coalesce(sum(refunded_fen) filter (where cause <> all (${SURPLUS})), 0) as sales,
      coalesce(sum(refunded_fen) filter (where cause = any (${SURPLUS})), 0) as surplus
    from figure_refunds where day between ${period.first} and ${period.last} group by 1`
  const refunds = rows.map((row) => ({
    step: row.step,
    refunds: Number(row.refunds),
    ofSales: toFen(BigInt(row.sales)),
    ofSurplus: toFen(BigInt(row.surplus)),
  }))
  return fillSteps(stepsOf(period, step), refunds, { refunds: 0, ofSales: ZERO_FEN, ofSurplus: ZERO_FEN })
}
