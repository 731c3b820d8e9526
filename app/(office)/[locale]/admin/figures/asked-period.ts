import { z } from 'zod'
import { type CalendarDay, daysFrom } from '#lib/domain/calendar-day.ts'
import {
  COMPARISONS,
  type Comparison,
  comparedWith,
  MOST_DAYS,
  NAMED_PERIODS,
  PERIOD_NAMES,
  type Period,
  type PeriodName,
  type Step,
  stepOf,
} from '#lib/domain/figure-period.ts'
import { toShanghaiDay } from '#lib/domain/shanghai-time.ts'

/** What one is asked to show, with everything that follows from it. */
export type Asked = {
  /** Null for days that were chosen one by one. */
  readonly name: PeriodName | null
  readonly period: Period
  readonly comparison: Comparison
  readonly before: Period | null
  readonly step: Step
  /** What has no hours is told by day at the finest. */
  readonly dayStep: Exclude<Step, 'hour'>
}

const Query = z.object({
  period: z.enum(PERIOD_NAMES).optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  compare: z.enum(COMPARISONS).optional().catch(undefined),
})

/** Reads the address; what makes no sense there is passed over. The last four weeks where it asks for nothing. */
export function readAsked(search: unknown, at: Date): Asked {
  const { period: name, from, to, compare: comparison = 'previous' } = Query.parse(search)
  const today = toShanghaiDay(at)
  const chosen = name === undefined ? chosenDays(from, to) : null
  const named = name ?? 'last_28'
  const period = chosen ?? NAMED_PERIODS[named](today)
  const step = stepOf(period)
  return {
    name: chosen ? null : named,
    period,
    comparison,
    before: comparedWith(period, comparison),
    step,
    dayStep: step === 'hour' ? 'day' : step,
  }
}

function chosenDays(from: CalendarDay | undefined, to: CalendarDay | undefined): Period | null {
  if (!from || !to) return null
  const [first, last] = from <= to ? [from, to] : [to, from]
  return first >= '2000-01-01' && daysFrom(first, last) <= MOST_DAYS ? { first, last } : null
}

/** The same question as fields of an address. */
export const askedQuery = ({ name, period, comparison }: Asked) => ({
  ...(name ? { period: name } : { from: period.first, to: period.last }),
  compare: comparison,
})
