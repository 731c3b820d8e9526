import { parseShanghaiTime, toShanghaiDay, toShanghaiTime } from '../../domain/shanghai-time.ts'

const HOUR_MS = 3_600_000

/** `20261121173000`: `txnTime` and all other times, in China whatever the machine's zone is. */
export const toTxnTime = (instant: Date): string => toShanghaiTime(instant).replace(/\D/g, '')

/** The instant of a `txnTime`. Null for what is no time. */
export function parseTxnTime(text: string): Date | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)
  return parts && parseShanghaiTime(`${parts[1]}-${parts[2]}-${parts[3]} ${parts[4]}:${parts[5]}:${parts[6]}`)
}

/**
 * The instant of a time without a year (`MMDDhhmmss`), such as `traceTime`: in the year that brings it closest to
 * `near`, so that the turn of the year does no harm.
 */
export function parseYearlessTime(text: string, near: Date): Date | null {
  const year = Number(toShanghaiDay(near).slice(0, 4))
  const distance = (instant: Date) => Math.abs(instant.getTime() - near.getTime())
  const candidates = [year - 1, year, year + 1]
    .map((candidate) => parseTxnTime(`${candidate}${text}`))
    .filter((instant) => instant !== null)
    .sort((a, b) => distance(a) - distance(b))
  return candidates[0] ?? null
}

/** The settlement day of an instant, `yyyy-MM-dd`: each begins at 23:00 in Shanghai on the day before. */
export const settlementDay = (instant: Date): string => toShanghaiDay(new Date(instant.getTime() + HOUR_MS))
