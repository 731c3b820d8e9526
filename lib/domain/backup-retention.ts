export type KeepRule = { readonly days: number; readonly weeks: number; readonly months: number }

const DAY_MS = 86_400_000

/**
 * Which backups a rule keeps: the newest of each of the last `days` days that have one, and in the same way of weeks
 * (from Monday) and months, all in UTC. Whatever the rule says, the newest of all stays, and what is younger than a day.
 */
export function keptBackups(takenAt: readonly Date[], { days, weeks, months }: KeepRule, now: Date): Set<Date> {
  const newestFirst = takenAt.toSorted((a, b) => b.getTime() - a.getTime())
  const kept = new Set(newestFirst.filter((at, index) => index === 0 || now.getTime() - at.getTime() < DAY_MS))
  const keep = (periodOf: (at: Date) => string | number, most: number) => {
    const seen = new Set<string | number>()
    for (const at of newestFirst) {
      const period = periodOf(at)
      if (seen.has(period)) continue
      if (seen.size === most) return
      seen.add(period)
      kept.add(at)
    }
  }
  keep(dayOf, days)
  // 1 January 1970 was a Thursday.
  keep((at) => Math.floor((dayOf(at) + 3) / 7), weeks)
  keep((at) => at.toISOString().slice(0, 7), months)
  return kept
}

const dayOf = (at: Date) => Math.floor(at.getTime() / DAY_MS)
