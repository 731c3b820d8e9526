import { parseShanghaiTime } from '../../shanghai-time.ts'
import type { AlipayRoom } from '../room.ts'

/** From inclusive to exclusive. */
export interface Period {
  readonly from: number
  readonly to: number
}

const HOUR = 3_600_000
const READY_AFTER_MS = { day: 9 * HOUR, month: 2 * 24 * HOUR + 9 * HOUR }

/** `2026-11-20` or `2026-11`, a day or a month of Shanghai; null when the calendar has no such day. */
export function readPeriod(date: string): Period | null {
  const [year = 0, month = 0, day] = date.split('-').map(Number)
  const from = parseShanghaiTime(`${date}${day === undefined ? '-01' : ''} 00:00:00`)
  if (from === null) return null
  if (day !== undefined) return { from, to: from + 24 * HOUR }
  const next = `${month === 12 ? year + 1 : year}-${String(month === 12 ? 1 : month + 1).padStart(2, '0')}`
  const to = parseShanghaiTime(`${next}-01 00:00:00`)
  return to === null ? null : { from, to }
}

/** A day's bill is there at 09:00 of the next day, a month's at 09:00 of the third. */
export function isReady(date: string, now: number): boolean {
  const period = readPeriod(date)
  return period !== null && now >= period.to + (date.length > 7 ? READY_AFTER_MS.day : READY_AFTER_MS.month)
}

export function hasBill(room: AlipayRoom, date: string): boolean {
  const period = readPeriod(date)
  if (!period) return false
  const row = room.book.get(
    `select 1 from alipay_trades where paid_at >= ? and paid_at < ?
     union all select 1 from alipay_refunds where refunded_at >= ? and refunded_at < ? limit 1`,
    period.from,
    period.to,
    period.from,
    period.to,
  )
  return row !== undefined
}
