import { addDays, startOfShanghaiDay, toShanghaiDay } from './shanghai-time.ts'

const HOUR_MS = 3_600_000

/** From inclusive to exclusive. */
export type Window = { readonly from: Date; readonly to: Date }

/**
 * The instants that a bill of `day` is about.
 * @param startsAt hours from midnight in Shanghai at which the provider's day begins; −1 is 23:00 of the day before.
 * @throws {RangeError} when `day` is not a date `yyyy-MM-dd`.
 */
export function billWindow(day: string, startsAt: number): Window {
  const midnight = startOfShanghaiDay(day)
  if (!midnight) throw new RangeError(`${day} is not a day`)
  const from = new Date(midnight.getTime() + startsAt * HOUR_MS)
  return { from, to: addDays(from, 1) }
}

/** The last day whose bill can be had at `now`. */
export const lastReadyDay = (now: Date, readyAt: number): string =>
  toShanghaiDay(addDays(new Date(now.getTime() - readyAt * HOUR_MS), -1))

export const isWithin = (instant: Date, { from, to }: Window): boolean => instant >= from && instant < to
