import { ColumnsPlot } from '#components/office/figures/columns-plot.tsx'
import { type RefundsOfStep, readRefundFigures } from '#db/figures/read-refund-figures.ts'
import { count, money } from '#lib/domain/figure-table.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { pricedWords, stepCell, toPoints } from '../points.ts'
import { defineFigure, readBoth } from './figure.ts'
import { Legend } from './legend.tsx'

/** What went back. */
export const refundsFigure = defineFigure({
  name: 'refunds',
  read: (props) => readBoth(props, (period) => readRefundFigures(props.permit, period, props.asked.dayStep)),
  table: ({ rows }, props) => ({
    heads: [
      props.t(`steps.${props.asked.dayStep}`),
      props.t('refunds'),
      props.t('refundedSales'),
      props.t('refundedSurplus'),
    ],
    rows: rows.map((row) => [
      stepCell(row.step, props.asked.dayStep, props),
      count(row.refunds),
      money(row.ofSales),
      money(row.ofSurplus),
    ]),
  }),
  draw: (data, props) => {
    const show = ({ ofSales }: RefundsOfStep) => formatPrice(ofSales, props.locale)
    const drawn = { ...data, toValue: ({ ofSales }: RefundsOfStep) => Number(ofSales), show }
    const points = toPoints(drawn, props.asked.dayStep, props)
    return (
      <>
        <Legend {...props} />
        <ColumnsPlot points={points} least={100} words={pricedWords(props.t('parts.refunds'), points, props)} />
      </>
    )
  },
})
