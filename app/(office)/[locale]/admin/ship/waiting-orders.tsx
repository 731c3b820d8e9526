import type { Route } from 'next'
import { getTranslations } from 'next-intl/server'
import { DataTable } from '#components/office/data-table.tsx'
import { Pager } from '#components/office/pager.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import type { OrderToSend } from '#db/fulfilment/list-orders-to-send.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { officePackPath, officePickListPath } from '#lib/office-paths.ts'

/** The orders that wait, the oldest first; those that are ticked go on a pick list. */
export async function WaitingOrders({
  orders,
  locale,
  next,
}: {
  orders: readonly OrderToSend[]
  locale: Locale
  next: Route | null
}) {
  const [t, checkout] = await Promise.all([getTranslations('officeShip'), getTranslations('checkout')])
  return (
    <form action={officePickListPath(locale)}>
      <p className="office-acts ship-print">
        <button type="submit" className="button button-quiet" name="sheet" value="pick">
          {t('pickList')}
        </button>
        <button type="submit" className="button button-quiet" name="sheet" value="slips">
          {t('slips')}
        </button>
        <span className="office-hint">{t('printHint')}</span>
      </p>
      <DataTable
        caption={t('title')}
        captionHidden
        rows={orders}
        keyOf={({ id }) => id}
        hrefOf={({ number }) => officePackPath(locale, number)}
        marks={{ name: 'order', label: ({ number }) => t('mark', { number }), all: t('markAll') }}
        columns={[
          { head: t('columns.order'), cell: ({ number }) => number, long: true },
          { head: t('columns.placed'), cell: ({ placedAt }) => formatTime(placedAt, locale), minor: true },
          { head: t('columns.to'), cell: ({ recipient, city }) => [recipient, city].filter(Boolean).join(' · ') },
          {
            head: t('columns.method'),
            cell: ({ shippingMethod }) => checkout(`shippingMethod.${shippingMethod}`),
            minor: true,
          },
          { head: t('columns.units'), cell: ({ units }) => units, end: true },
          {
            head: t('columns.note'),
            cell: ({ partial, askedBack }) => (
              <>
                {partial ? <StatusMark tone="open">{t('partial')}</StatusMark> : null}
                {askedBack > 0 ? <StatusMark tone="bad">{t('askedBack', { count: askedBack })}</StatusMark> : null}
              </>
            ),
          },
        ]}
      />
      <Pager first={null} next={next} />
    </form>
  )
}
