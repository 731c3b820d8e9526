import { ColumnsPlot } from '#components/office/figures/columns-plot.tsx'
import { Headline } from '#components/office/figures/headline.tsx'
import { Panel } from '#components/office/office-page.tsx'
import { readSales, type SalesOfStep } from '#db/figures/read-sales.ts'
import { addToDay } from '#lib/domain/calendar-day.ts'
import type { Period, Step } from '#lib/domain/figure-period.ts'
import { count, type FigureTable, money } from '#lib/domain/figure-table.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { toShanghaiTime } from '#lib/domain/shanghai-time.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { FigureRows } from '../figures/figure-rows.tsx'
import { headlineFigures, readTotals } from '../figures/headline-figures.ts'
import type { InWords } from '../figures/office-words.ts'
import { pricedWords, stepCell, toPoints } from '../figures/points.ts'

type Props = InWords & { readonly permit: Permit<'figures.read'>; readonly now: Date }

/** Today beside the same day last week, and the four weeks that led here. */
export async function TodaySales({ permit, t, locale, now }: Props) {
  const hour = toShanghaiTime(now).slice(0, 13)
  const today = hour.slice(0, 10)
  const only = (day: string): Period => ({ first: day, last: day })
  const weekAgo = addToDay(today, -7)
  const weeks = { first: addToDay(today, -27), last: today }
  const [totals, hours, hoursBefore, days] = await Promise.all([
    readTotals(permit, only(today)),
    readSales(permit, only(today), 'hour'),
    readSales(permit, only(weekAgo), 'hour'),
    readSales(permit, weeks, 'day'),
  ])
  const words = { t, locale, now: hour }
  return (
    <>
      <Panel title={t('today.sales')}>
        <Headline figures={headlineFigures(totals, null, { t, locale })} />
      </Panel>
      <div className="figure-pair">
        <SalesPlot
          title={t('today.hours')}
          note={t('today.lastWeek')}
          step="hour"
          rows={hours}
          before={hoursBefore}
          {...words}
        />
        <SalesPlot title={t('today.month')} step="day" rows={days} before={null} {...words} />
      </div>
    </>
  )
}

type SalesPlotProps = InWords & {
  title: string
  note?: string
  step: Step
  rows: readonly SalesOfStep[]
  before: readonly SalesOfStep[] | null
  now: string
}

function SalesPlot({ title, note, step, rows, before, now, t, locale }: SalesPlotProps) {
  const words = { t, locale, now }
  const show = ({ paid }: SalesOfStep) => formatPrice(paid, locale)
  const points = toPoints({ rows, before, toValue: ({ paid }) => Number(paid), show }, step, words)
  const table: FigureTable = {
    heads: [t(`steps.${step}`), t('orders'), t('paid')],
    rows: rows.map((row) => [stepCell(row.step, step, words), count(row.orders), money(row.paid)]),
  }
  return (
    <Panel title={title}>
      {note ? <p className="figure-note">{note}</p> : null}
      <ColumnsPlot points={points} least={100} words={pricedWords(title, points, words)} />
      <details className="figure-table">
        <summary>{t('table')}</summary>
        <FigureRows caption={title} table={table} locale={locale} />
      </details>
    </Panel>
  )
}
