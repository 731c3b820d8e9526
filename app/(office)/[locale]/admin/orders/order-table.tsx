import { getTranslations } from 'next-intl/server'
import { type Column, DataTable } from '#components/office/data-table.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import type { ListedOrder } from '#db/office/list-orders.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { orderMarks } from '#lib/domain/order-marks.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'
import { officeOrderPath } from '#lib/office-paths.ts'

export async function OrderTable({ locale, orders }: { locale: Locale; orders: readonly ListedOrder[] }) {
  const [t, words] = await Promise.all([getTranslations('officeOrders'), getTranslations('order')])
  const columns: readonly Column<ListedOrder>[] = [
    { head: t('columns.number'), cell: ({ number }) => number, long: true },
    { head: t('columns.placed'), cell: ({ placedAt }) => formatShortTime(placedAt, locale), minor: true },
    {
      head: t('columns.customer'),
      cell: ({ recipient, email }) => (
        <>
          {recipient ?? t('erased')}
          <small>{email}</small>
        </>
      ),
    },
    {
      head: t('columns.pieces'),
      minor: true,
      cell: ({ firstName, lines, units }) => (
        <>
          {firstName[locale]}
          <small>{lines > 1 ? t('morePieces', { lines: lines - 1, units }) : t('units', { units })}</small>
        </>
      ),
    },
    {
      head: t('columns.status'),
      cell: (order) =>
        orderMarks(order).map(([mark, tone]) => (
          <StatusMark key={mark} tone={tone}>
            {t(`marks.${mark}`)}
          </StatusMark>
        )),
    },
    { head: t('columns.paidWith'), minor: true, cell: ({ provider }) => provider && words(`provider.${provider}`) },
    { head: t('columns.total'), end: true, cell: ({ totalFen }) => formatPrice(totalFen, locale) },
  ]
  return (
    <DataTable
      caption={t('title')}
      captionHidden
      columns={columns}
      rows={orders}
      keyOf={({ number }) => number}
      hrefOf={({ number }) => officeOrderPath(locale, number)}
      marks={{
        name: 'orders[]',
        label: ({ number }) => t('markOrder', { number }),
        all: t('markAll'),
      }}
    />
  )
}
