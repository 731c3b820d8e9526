import { parseShanghaiTime } from '../../shanghai-time.ts'
import { type Problem, paramError, problem } from '../problems.ts'

/** From inclusive to exclusive. */
export interface Day {
  readonly from: number
  readonly to: number
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const READY_AFTER_MS = 10 * HOUR
const KEPT_MS = 92 * DAY

/** A day of Shanghai whose bill there can be: it is written at ten of the next day and kept for three months. */
export function readBillDay(date: string, now: number): { readonly day: Day } | { readonly problem: Problem } {
  const from = parseShanghaiTime(`${date} 00:00:00`)
  if (from === null || from + DAY > now || from < now - KEPT_MS)
    return { problem: paramError('query', 'bill_date', '账单日期不在可下载的范围内', date) }
  if (now < from + DAY + READY_AFTER_MS) return { problem: problem('STATEMENT_CREATING') }
  return { day: { from, to: from + DAY } }
}
