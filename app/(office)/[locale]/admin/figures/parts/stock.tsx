import { LinePlot } from '#components/office/figures/line-plot.tsx'
import { readStockFigures } from '#db/figures/read-stock-figures.ts'
import { count, money, text } from '#lib/domain/figure-table.ts'
import { formatStep } from '#lib/i18n/format-figure.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { pricedWords } from '../points.ts'
import { defineFigure } from './figure.ts'

/** What stands on the shelves. */
export const stockFigure = defineFigure({
  name: 'stock',
  read: ({ permit, asked }) => readStockFigures(permit, asked.period),
  table: (rows, { t }) => ({
    heads: [t('steps.day'), t('units'), t('value')],
    rows: rows.map(({ day, units, value }) => [text(day), count(units), money(value)]),
  }),
  draw: (rows, props) => {
    const points = rows.map(({ day, value }) => ({
      ...formatStep(day, 'day', props.locale),
      value: Number(value),
      shown: formatPrice(value, props.locale),
      before: null,
    }))
    return <LinePlot points={points} least={100} words={pricedWords(props.t('parts.stock'), points, props)} />
  },
})
