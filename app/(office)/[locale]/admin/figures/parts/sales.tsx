import { ColumnsPlot } from '#components/office/figures/columns-plot.tsx'
import { readSales } from '#db/figures/read-sales.ts'
import { count, money, text } from '#lib/domain/figure-table.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { pricedWords, stepCell, toPoints } from '../points.ts'
import { defineFigure, readBoth } from './figure.ts'
import { Legend } from './legend.tsx'

/** What was paid, step by step. */
export const salesFigure = defineFigure({
  name: 'sales',
  read: (props) => readBoth(props, (period) => readSales(props.permit, period, props.asked.step)),
  table: ({ rows, before }, props) => {
    const { t, asked } = props
    const heads = [t(`steps.${asked.step}`), t('orders'), t('goods'), t('discounts'), t('delivery'), t('paid')]
    return {
      heads: before ? [...heads, t('before')] : heads,
      rows: rows.map((row, index) => {
        const then = before?.[index]
        const cells = [stepCell(row.step, asked.step, props), count(row.orders), money(row.goods), money(row.discount)]
        return [...cells, money(row.shipping), money(row.paid), ...(before ? [then ? money(then.paid) : text('')] : [])]
      }),
    }
  },
  draw: (data, props) => {
    const show = ({ paid }: (typeof data.rows)[number]) => formatPrice(paid, props.locale)
    const points = toPoints({ ...data, toValue: ({ paid }) => Number(paid), show }, props.asked.step, props)
    return (
      <>
        <Legend {...props} />
        <ColumnsPlot points={points} least={100} words={pricedWords(props.t('parts.sales'), points, props)} />
      </>
    )
  },
})
