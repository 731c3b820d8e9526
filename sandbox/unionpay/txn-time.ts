import { parseShanghaiTime, shanghaiTime } from '../shanghai-time.ts'

const HOUR = 3_600_000

/** `YYYYMMDDhhmmss` at +08:00. */
export const compactTime = (instantMs: number): string => shanghaiTime(instantMs).replace(/\D/g, '')

/** Null unless the text is a moment that the calendar has. */
export function parseCompactTime(text: string): number | null {
  if (!/^\d{14}$/.test(text)) return null
  return parseShanghaiTime(text.replace(/^(\d{4})(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6'))
}

/** `YYYYMMDD`: the settlement day goes from 23:00 of the day before to 23:00. */
export const settlementDay = (instantMs: number): string => compactTime(instantMs + HOUR).slice(0, 8)

/** The last settlement day written `MMDD` that is not after the one of `now`; null when the calendar has none. */
export function settlementDayOf(monthAndDay: string, now: number): string | null {
  const today = settlementDay(now)
  const thisYear = Number(today.slice(0, 4))
  // February 29 may lie up to eight years back, across a century that has none.
  for (let year = thisYear; year >= thisYear - 8; year--) {
    const day = `${year}${monthAndDay}`
    if (day <= today && parseCompactTime(`${day}000000`) !== null) return day
  }
  return null
}

/** The file of a settlement day is there at 09:00 of the next calendar day. */
export function fileIsReady(day: string, now: number): boolean {
  const midnight = parseCompactTime(`${day}000000`)
  return midnight !== null && now >= midnight + 33 * HOUR
}
