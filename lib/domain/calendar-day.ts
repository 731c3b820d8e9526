/** A day of the calendar, `2026-11-21`. Which day an instant belongs to says `shanghai-time.ts`. */
export type CalendarDay = string

const DAY_MS = 86_400_000
const toMs = (day: CalendarDay) => Date.parse(`${day}T00:00:00Z`)
const toDay = (ms: number): CalendarDay => new Date(ms).toISOString().slice(0, 10)

export const addToDay = (day: CalendarDay, days: number): CalendarDay => toDay(toMs(day) + days * DAY_MS)

/** Days from `first` to `last`, both counted. */
export const daysFrom = (first: CalendarDay, last: CalendarDay): number => (toMs(last) - toMs(first)) / DAY_MS + 1

export const monthOf = (day: CalendarDay): string => day.slice(0, 7)
export const firstOfMonth = (day: CalendarDay): CalendarDay => `${monthOf(day)}-01`
/** @param month `yyyy-MM`. */
export const lastOfMonth = (month: string): CalendarDay => addToDay(addMonths(`${month}-01`, 1), -1)

/** The same day of another month; its last day where that month is shorter. */
export function addMonths(day: CalendarDay, months: number): CalendarDay {
  const [year = 0, month = 1, ofMonth = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return toDay(Date.UTC(year, month - 1 + months, Math.min(ofMonth, last)))
}
