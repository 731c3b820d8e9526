import { ColumnsPlot } from '#components/office/figures/columns-plot.tsx'
import { readSalesByHour } from '#db/figures/read-sales-by-hour.ts'
import { count, money, text } from '#lib/domain/figure-table.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { pricedWords } from '../points.ts'
import { defineFigure } from './figure.ts'

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`

/** When in the day people pay. */
export const hoursFigure = defineFigure({
  name: 'hours',
  read: ({ permit, asked }) => readSalesByHour(permit, asked.period),
  table: (rows, { t }) => ({
    heads: [t('steps.hour'), t('orders'), t('paid')],
    rows: rows.map(({ hour, orders, paid }) => [text(clock(hour)), count(orders), money(paid)]),
  }),
  draw: (rows, props) => {
    const points = rows.map(({ hour, paid }) => ({
      label: clock(hour),
      name: clock(hour),
      value: Number(paid),
      shown: formatPrice(paid, props.locale),
      before: null,
    }))
    return <ColumnsPlot points={points} least={100} words={pricedWords(props.t('parts.hours'), points, props)} />
  },
})
