/** Seconds after the start of an attempt at which we ask the provider, in case its notification never comes. */
export const QUERY_AFTER_SECONDS = [5, 10, 30, 60, 120, 300, 600] as const
/** The last query comes this long before the deadline: time for its answer before the order expires. */
export const LAST_QUERY_BEFORE_DEADLINE_SECONDS = 60
/** How often we go on asking about an attempt that outlived its order, until the provider has ended it. */
export const LEFTOVER_QUERY_EVERY_SECONDS = 600
/** What a query that is due may take: the worker's turn, calls that get no answer, and the sweep for lost jobs. */
export const QUERY_MAY_TAKE_SECONDS = 120

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

/**
 * The instant by which money that a provider took at `paidAt` is known although no notification came: the first question
 * after it, or the expiry of the order, or the next look at what outlived its order, with the time that a query takes.
 */
export function knownBy(startedAt: Date, deadline: Date, paidAt: Date): Date {
  const leftover = new Date(paidAt.getTime() + LEFTOVER_QUERY_EVERY_SECONDS * 1000)
  const asked = nextQueryAt(startedAt, deadline, paidAt) ?? (paidAt <= deadline ? deadline : leftover)
  return new Date(asked.getTime() + QUERY_MAY_TAKE_SECONDS * 1000)
}
