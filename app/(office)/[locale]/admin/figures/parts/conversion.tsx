import { Bar } from '#components/office/figures/bar.tsx'
import { LinePlot } from '#components/office/figures/line-plot.tsx'
import { type ConversionOfStep, readConversion } from '#db/figures/read-conversion.ts'
import { shareOf } from '#lib/domain/figure-period.ts'
import { count, share } from '#lib/domain/figure-table.ts'
import { formatCount, formatShare } from '#lib/i18n/format-figure.ts'
import { sharedWords, stepCell, toPoints } from '../points.ts'
import { defineFigure, type FigureProps, readBoth } from './figure.ts'
import { Legend } from './legend.tsx'

const paidOf = ({ paid, placed }: ConversionOfStep) => shareOf(paid, placed)

/** How far shoppers come: basket, order, payment. */
export const conversionFigure = defineFigure({
  name: 'conversion',
  read: (props) => readBoth(props, (period) => readConversion(props.permit, period, props.asked.dayStep)),
  table: ({ rows }, props) => ({
    heads: [
      props.t(`steps.${props.asked.dayStep}`),
      props.t('carts'),
      props.t('placed'),
      props.t('paidOrders'),
      props.t('expired'),
      props.t('cancelled'),
      props.t('paidOfPlaced'),
    ],
    rows: rows.map((row) => [
      stepCell(row.step, props.asked.dayStep, props),
      count(row.carts),
      count(row.placed),
      count(row.paid),
      count(row.expired),
      count(row.cancelled),
      share(paidOf(row)),
    ]),
  }),
  draw: (data, props) => {
    const show = (row: ConversionOfStep) => formatShare(paidOf(row) ?? 0, props.locale)
    const points = toPoints({ ...data, toValue: paidOf, show }, props.asked.dayStep, props)
    return (
      <>
        <Funnel rows={data.rows} {...props} />
        <Legend {...props} />
        <LinePlot points={points} least={100} words={sharedWords(props.t('paidOfPlaced'), points, props)} />
      </>
    )
  },
})

/** The three counts of the whole period beside each other. */
function Funnel({ rows, t, locale }: FigureProps & { rows: readonly ConversionOfStep[] }) {
  const total = (key: 'carts' | 'placed' | 'paid') => rows.reduce((sum, row) => sum + row[key], 0)
  const [carts, placed, paid] = [total('carts'), total('placed'), total('paid')]
  const widest = Math.max(carts, placed, 1)
  return (
    <dl className="funnel">
      {[
        { name: t('carts'), value: carts },
        { name: t('placed'), value: placed },
        { name: t('paidOrders'), value: paid },
      ].map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{formatCount(value, locale)}</dd>
          <dd>
            <Bar share={value / widest} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
