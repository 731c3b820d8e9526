/** China keeps UTC+8 all year; the machine's own zone is never asked. */
const OFFSET_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

const WALL_CLOCK = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** `2026-11-21 17:30:00`, to the second: the form that Alipay takes and gives. */
export const toShanghaiTime = (instant: Date): string =>
  new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')

/** The day that it is in Shanghai at `instant`, `2026-11-21`. */
export const toShanghaiDay = (instant: Date): string => toShanghaiTime(instant).slice(0, 10)

/** The instant of a wall clock in Shanghai, with or without milliseconds. Null for what is no time, such as 30 February. */
export function parseShanghaiTime(text: string): Date | null {
  const match = WALL_CLOCK.exec(text)
  if (!match) return null
  const [date, time, fraction = ''] = [text.slice(0, 10), text.slice(11, 19), match[7]]
  const instant = new Date(`${date}T${time}.${fraction.padEnd(3, '0')}+08:00`)
  return Number.isNaN(instant.getTime()) || toShanghaiTime(instant) !== `${date} ${time}` ? null : instant
}

/** Midnight in Shanghai at which `day` begins. Null when `day` is not a date. */
export const startOfShanghaiDay = (day: string): Date | null =>
  DAY.test(day) ? parseShanghaiTime(`${day} 00:00:00`) : null

/** @param days whole days to go on, each of 24 hours: there is no summer time in China. */
export const addDays = (instant: Date, days: number): Date => new Date(instant.getTime() + days * DAY_MS)
