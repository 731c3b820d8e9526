import { readProductFigures } from '#db/figures/read-product-figures.ts'
import { shareOf } from '#lib/domain/figure-period.ts'
import { bar, count, money, text } from '#lib/domain/figure-table.ts'
import { defineFigure } from './figure.ts'

const MOST_SHOWN = 20

/** What sells. */
export const piecesFigure = defineFigure({
  name: 'pieces',
  read: ({ permit, asked }, whole) => readProductFigures(permit, asked.period, whole ? null : MOST_SHOWN),
  table: (rows, { t, locale }) => {
    const most = Number(rows[0]?.sold ?? 0)
    return {
      heads: [t('piece'), t('soldUnits'), t('soldValue'), t('returnedUnits'), t('returnedValue'), t('ofBest')],
      rows: rows.map((row) => [
        text(row.name[locale]),
        count(row.soldUnits),
        money(row.sold),
        count(row.returnedUnits),
        money(row.returned),
        bar(shareOf(Number(row.sold), most)),
      ]),
    }
  },
})
