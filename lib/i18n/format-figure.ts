import type { CalendarDay } from '#lib/domain/calendar-day.ts'
import type { Step } from '#lib/domain/figure-period.ts'
import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'

const known = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>()

/** Formats take a while to make, and are asked for once a column. */
function numbers(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(`${locale}${JSON.stringify(options)}`, () => new Intl.NumberFormat(LANGUAGE_TAG[locale], options))
}
function days(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const make = () => new Intl.DateTimeFormat(LANGUAGE_TAG[locale], { ...options, timeZone: 'UTC' })
  return kept(`${locale}${JSON.stringify(options)}`, make)
}
function kept<Format extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => Format): Format {
  const format = (known.get(key) as Format | undefined) ?? make()
  known.set(key, format)
  return format
}

/** `12,345`. */
export const formatCount = (count: number, locale: Locale): string => numbers(locale, {}).format(count)

/** An amount for the edge of a plot, in fen: `¥12K`, in Chinese `¥1.2万`. */
export const formatShortPrice = (fen: number, locale: Locale): string =>
  numbers(locale, {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  }).format(fen / 100)

/** Hundredths of a percent: 1234 → `12.3%`. */
export const formatShare = (basisPoints: number, locale: Locale): string =>
  numbers(locale, { style: 'percent', maximumFractionDigits: 1 }).format(basisPoints / 10_000)

/** The same with its sign: `+12.3%`. */
export const formatChange = (basisPoints: number, locale: Locale): string =>
  numbers(locale, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(
    basisPoints / 10_000,
  )

const instantOf = (day: string) => new Date(`${day}T00:00:00Z`)

/** `21 November 2026`. */
export const formatDay = (day: CalendarDay, locale: Locale): string =>
  days(locale, { dateStyle: 'long' }).format(instantOf(day))

/** From one day to another, with what they share said once: `1–21 November 2026`. */
export const formatDays = (first: CalendarDay, last: CalendarDay, locale: Locale): string =>
  days(locale, { dateStyle: 'long' }).formatRange(instantOf(first), instantOf(last))

/** `November 2026`. @param month `yyyy-MM`. */
export const formatMonth = (month: string, locale: Locale): string =>
  days(locale, { year: 'numeric', month: 'long' }).format(instantOf(`${month}-01`))

/** A step of a plot, short below its axis and whole where there is room. */
export function formatStep(
  step: string,
  kind: Step,
  locale: Locale,
): { readonly label: string; readonly name: string } {
  switch (kind) {
    case 'hour':
      return { label: `${step.slice(11)}:00`, name: `${step.slice(11)}:00` }
    case 'day': {
      const at = instantOf(step)
      return {
        label: days(locale, { day: 'numeric', month: 'short' }).format(at),
        name: days(locale, { weekday: 'short', day: 'numeric', month: 'long' }).format(at),
      }
    }
    case 'month':
      return {
        label: days(locale, { month: 'short', year: '2-digit' }).format(instantOf(`${step}-01`)),
        name: formatMonth(step, locale),
      }
  }
}
