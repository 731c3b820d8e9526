const OFFSET_MS = 8 * 60 * 60 * 1000
const PATTERN = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/

/** `yyyy-MM-dd HH:mm:ss` at +08:00, which China keeps all year, wherever the machine stands. */
export function shanghaiTime(instantMs: number): string {
  return new Date(instantMs + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** The same with milliseconds, as `gmt_refund` has them. */
export function shanghaiTimeMs(instantMs: number): string {
  return new Date(instantMs + OFFSET_MS).toISOString().slice(0, 23).replace('T', ' ')
}

/** `yyyy-MM-ddTHH:mm:ss+08:00` */
export const shanghaiRfc3339 = (instantMs: number): string => `${shanghaiTime(instantMs).replace(' ', 'T')}+08:00`

/** `yyyy-MM-dd` */
export const shanghaiDay = (instantMs: number): string => shanghaiTime(instantMs).slice(0, 10)

/** Null unless the text is a moment that the calendar has. */
export function parseShanghaiTime(text: string): number | null {
  if (!PATTERN.test(text)) return null
  const instantMs = Date.parse(`${text.replace(' ', 'T')}Z`) - OFFSET_MS
  return Number.isNaN(instantMs) || shanghaiTime(instantMs) !== text ? null : instantMs
}

/** The first instant after the day that `instantMs` falls on. */
export function shanghaiMidnightAfter(instantMs: number): number {
  return Date.parse(`${shanghaiDay(instantMs)}T00:00:00Z`) - OFFSET_MS + 24 * 60 * 60 * 1000
}
