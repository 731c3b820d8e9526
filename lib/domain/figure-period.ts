import { addMonths, addToDay, type CalendarDay, daysFrom, firstOfMonth, lastOfMonth, monthOf } from './calendar-day.ts'

/** Days in a row, both ends in. */
export type Period = { readonly first: CalendarDay; readonly last: CalendarDay }

/** The periods that have a name, from today backwards. */
export const NAMED_PERIODS = {
  today: (today) => ({ first: today, last: today }),
  yesterday: (today) => ({ first: addToDay(today, -1), last: addToDay(today, -1) }),
  last_7: (today) => ({ first: addToDay(today, -6), last: today }),
  last_28: (today) => ({ first: addToDay(today, -27), last: today }),
  month: (today) => ({ first: firstOfMonth(today), last: today }),
  last_month: (today) => {
    const first = addMonths(firstOfMonth(today), -1)
    return { first, last: lastOfMonth(monthOf(first)) }
  },
  year: (today) => ({ first: `${today.slice(0, 4)}-01-01`, last: today }),
  last_12_months: (today) => ({ first: addMonths(firstOfMonth(today), -11), last: today }),
} as const satisfies Record<string, (today: CalendarDay) => Period>
export type PeriodName = keyof typeof NAMED_PERIODS
export const PERIOD_NAMES = Object.keys(NAMED_PERIODS) as [PeriodName, ...PeriodName[]]

export const COMPARISONS = ['previous', 'year', 'none'] as const
export type Comparison = (typeof COMPARISONS)[number]

/** What one reads at a time. */
export const MOST_DAYS = 3660

/**
 * What a period is compared with. `year`: the same days a year before. `previous`: as many days right before it; for days
 * of one month from its first, the same days of the month before, since months differ in length. Null for `none`.
 */
export function comparedWith(period: Period, comparison: Comparison): Period | null {
  const { first, last } = period
  if (comparison === 'none') return null
  if (comparison === 'year') return { first: addMonths(first, -12), last: addMonths(last, -12) }
  if (first === firstOfMonth(first) && first !== last && monthOf(first) === monthOf(last)) {
    const before = addMonths(first, -1)
    const isWhole = last === lastOfMonth(monthOf(last))
    return { first: before, last: isWhole ? lastOfMonth(monthOf(before)) : addMonths(last, -1) }
  }
  const days = daysFrom(first, last)
  return { first: addToDay(first, -days), last: addToDay(last, -days) }
}

/** What a plot of the period has a column for. */
export type Step = 'hour' | 'day' | 'month'
const MOST_STEPS_OF_DAYS = 92

export function stepOf({ first, last }: Period): Step {
  const days = daysFrom(first, last)
  if (days <= 1) return 'hour'
  return days <= MOST_STEPS_OF_DAYS ? 'day' : 'month'
}

/** Each step of a period in order, as the tables of figures name it: `2026-11-21 07`, `2026-11-21`, `2026-11`. */
export function stepsOf(period: Period, step: Step): readonly string[] {
  const days = Array.from({ length: daysFrom(period.first, period.last) }, (_, n) => addToDay(period.first, n))
  switch (step) {
    case 'hour':
      return days.flatMap((day) => Array.from({ length: 24 }, (_, hour) => `${day} ${String(hour).padStart(2, '0')}`))
    case 'day':
      return days
    case 'month':
      return [...new Set(days.map(monthOf))]
  }
}

/** By how much a number changed, in hundredths of a percent of what it was. Null where there was nothing. */
export function changeOf(now: bigint, before: bigint): number | null {
  if (before === 0n) return null
  return Number(((now - before) * 10_000n) / (before < 0n ? -before : before))
}

/** A part of a whole in hundredths of a percent, 0 to 10,000. Null of nothing. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part * 10_000) / whole)
