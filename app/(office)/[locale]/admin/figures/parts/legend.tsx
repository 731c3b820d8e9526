import { formatDays } from '#lib/i18n/format-figure.ts'
import type { FigureProps } from './figure.ts'

/** Which days are the columns, and which the lines across them. */
export function Legend({ asked: { period, before }, locale }: FigureProps) {
  if (!before) return null
  return (
    <p className="figure-legend">
      <span>{formatDays(period.first, period.last, locale)}</span>
      <span className="before">{formatDays(before.first, before.last, locale)}</span>
    </p>
  )
}
