import { addDays, parseShanghaiTime, toShanghaiDay } from './shanghai-time.ts'

/** `2026-11`: a month as the books have it, in Shanghai. */
export type Month = string

/** How long after its end a month is left open, for what was begun in it and written late. */
export const CLOSED_AFTER_DAYS = 2

export const isMonth = (text: string): boolean => /^\d{4}-(?:0[1-9]|1[0-2])$/.test(text)
export const monthOf = (at: Date): Month => toShanghaiDay(at).slice(0, 7)

export function monthAfter(month: Month): Month {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}

/** Midnight in Shanghai at which a month begins. @throws {RangeError} for what is no month. */
export function startOfMonth(month: Month): Date {
  const start = isMonth(month) ? parseShanghaiTime(`${month}-01 00:00:00`) : null
  if (!start) throw new RangeError(`${month} is not a month`)
  return start
}

/** The months from `first` on that nothing is added to any more, the oldest first. */
export function closedMonths(first: Month, now: Date): Month[] {
  const months: Month[] = []
  const isClosed = (month: Month) => addDays(startOfMonth(monthAfter(month)), CLOSED_AFTER_DAYS) <= now
  for (let month = first; isClosed(month); month = monthAfter(month)) months.push(month)
  return months
}

/** The oldest month that must be kept for so many whole years. */
export function oldestKept(now: Date, years: number): Month {
  const [year = 0, number = ''] = monthOf(now).split('-')
  return `${Number(year) - years}-${number}`
}
