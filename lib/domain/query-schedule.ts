/** Seconds after the start of an attempt at which we ask the provider, in case its notification never comes. */
export const QUERY_AFTER_SECONDS = [5, 10, 30, 60, 120, 300, 600] as const
/** The last query comes this long before the deadline: time for its answer before the order expires. */
export const LAST_QUERY_BEFORE_DEADLINE_SECONDS = 60

/**
 * When to ask the provider next about an open attempt.
 * @param now queries that should have happened by now are not made up for: one answer tells all.
 * @returns null when no query is left; the expiry of the order asks and closes then.
 */
export function nextQueryAt(startedAt: Date, deadline: Date, now: Date): Date | null {
  const last = deadline.getTime() - LAST_QUERY_BEFORE_DEADLINE_SECONDS * 1000
  const times = QUERY_AFTER_SECONDS.map((seconds) => startedAt.getTime() + seconds * 1000)
  const next = [...times.filter((time) => time < last), last].find((time) => time > now.getTime())
  return next === undefined ? null : new Date(next)
}
