import { readSalesByWay } from '#db/figures/read-sales-by-way.ts'
import { shareOf } from '#lib/domain/figure-period.ts'
import { bar, count, money, text } from '#lib/domain/figure-table.ts'
import { wayName } from '../office-words.ts'
import { defineFigure } from './figure.ts'

/** By which way the money came. */
export const waysFigure = defineFigure({
  name: 'ways',
  read: ({ permit, asked }) => readSalesByWay(permit, asked.period),
  table: (rows, { t }) => {
    const total = rows.reduce((sum, { paid }) => sum + Number(paid), 0)
    return {
      heads: [t('wayToPay'), t('orders'), t('paid'), t('share')],
      rows: rows.map(({ provider, scene, orders, paid }) => [
        text(wayName(t, provider, scene)),
        count(orders),
        money(paid),
        bar(shareOf(Number(paid), total)),
      ]),
    }
  },
})
