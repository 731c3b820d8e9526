import type { PlotPoint, PlotWords } from '#components/office/figures/plot-point.ts'
import type { Step } from '#lib/domain/figure-period.ts'
import { type Cell, text } from '#lib/domain/figure-table.ts'
import { formatShare, formatShortPrice, formatStep } from '#lib/i18n/format-figure.ts'
import { labelOf } from '#lib/i18n/label-of.ts'
import type { InWords } from './office-words.ts'

type Drawn<Row> = {
  readonly rows: readonly Row[]
  readonly before: readonly Row[] | null
  /** Null where the step has nothing to tell. */
  readonly toValue: (row: Row) => number | null
  readonly show: (row: Row) => string
}
/** `now`: the hour that it is, `2026-11-21 18`; what lies behind it has not come yet. */
type Asking = InWords & { readonly now: string }

/** The steps of a period as a plot has them, each beside its fellow of the period that it is compared with. */
export function toPoints<Row extends { readonly step: string }>(
  { rows, before, toValue, show }: Drawn<Row>,
  step: Step,
  { now, locale }: Asking,
): readonly PlotPoint[] {
  return rows.map((row, index) => {
    const then = before?.[index]
    const was = then ? toValue(then) : null
    return {
      ...formatStep(row.step, step, locale),
      value: row.step > now.slice(0, row.step.length) ? null : toValue(row),
      shown: show(row),
      before: then && was !== null ? { value: was, shown: show(then) } : null,
    }
  })
}

/** The first cell of a row: hours in the words of the day, days and months as a machine sorts them. */
export const stepCell = (step: string, kind: Step, { locale }: InWords): Cell =>
  text(kind === 'hour' ? formatStep(step, kind, locale).name : step)

/** What is said of a plot to those who don't see it: where it is highest. The table tells the rest. */
function summaryOf(points: readonly PlotPoint[], { t }: InWords): string {
  let top: PlotPoint | null = null
  for (const point of points) if ((point.value ?? 0) > (top?.value ?? 0)) top = point
  return top ? t('most', { name: top.name, value: top.shown }) : t('nothing')
}

const wordsOf =
  (formatTick: (value: number, locale: InWords['locale']) => string) =>
  (title: string, points: readonly PlotPoint[], words: InWords): PlotWords => ({
    label: labelOf(title, summaryOf(points, words), words.locale),
    formatTick: (value) => formatTick(value, words.locale),
  })
/** For values in fen. */
export const pricedWords = wordsOf(formatShortPrice)
/** For hundredths of a percent. */
export const sharedWords = wordsOf(formatShare)
