import '../../../../styles/office/ship.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { EmptyState } from '#components/office/empty-state.tsx'
import { Notice } from '#components/office/notice.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { countOrdersToSend, listOrdersToSend } from '#db/fulfilment/list-orders-to-send.ts'
import { listRecentParcels } from '#db/fulfilment/list-recent-parcels.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { officeImportParcelsPath, officeScanPath, officeShipPath, withQuery } from '#lib/office-paths.ts'
import { RecentParcels } from './recent-parcels.tsx'
import { WaitingOrders } from './waiting-orders.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeShip'))('title') }
}

/** The packing bench: scan or type an order, pack it, scan the label, and the next one. */
export default async function ShipPage({ searchParams }: PageProps<'/[locale]/admin/ship'>) {
  const permit = await permitted('orders.ship')
  const [locale, query, t] = [await pageLocale(), await searchParams, await getTranslations('officeShip')]
  const scanned = typeof query['scan'] === 'string' ? query['scan'].slice(0, 80) : null
  const [{ orders, more }, waiting, recent] = await Promise.all([
    listOrdersToSend(permit, { after: readCursor(query['after']) }),
    countOrdersToSend(permit),
    listRecentParcels(permit),
  ])
  const last = orders.at(-1)
  const sent = recent.find(({ id }) => id === query['sent'])
  return (
    <OfficePage
      title={t('title')}
      acts={
        <a className="button button-quiet" href={officeImportParcelsPath(locale)}>
          {t('import.title')}
        </a>
      }
      keys={[
        { keys: ['/'], does: t('keys.scan') },
        { keys: ['Enter'], does: t('keys.next') },
      ]}
    >
      {sent ? (
        <Notice tone="good">{t('sent', { number: sent.orderNumber, tracking: sent.trackingNumber })}</Notice>
      ) : null}
      {scanned ? <Notice tone="bad">{t('notFound', { scanned })}</Notice> : null}
      <search aria-label={t('scan')}>
        <form className="ship-scan" action={officeScanPath(locale)}>
          <label htmlFor="scan">{t('scan')}</label>
          <input
            id="scan"
            name="scan"
            className="office-input"
            defaultValue={scanned ?? ''}
            // biome-ignore lint/a11y/noAutofocus: the bench is for a scanner, which types where the focus is.
            autoFocus
            autoComplete="off"
            spellCheck={false}
            maxLength={80}
            data-search
          />
          <button type="submit" className="button">
            {t('pack')}
          </button>
        </form>
        <p className="office-hint">{t('scanHint')}</p>
      </search>
      <RecentParcels parcels={recent} locale={locale} />
      <Panel title={t('waiting', { count: waiting })}>
        {orders.length === 0 ? (
          <EmptyState title={t('nothingWaits')} />
        ) : (
          <WaitingOrders
            orders={orders}
            locale={locale}
            next={
              more && last
                ? withQuery(officeShipPath(locale), { after: `${last.placedAt.toISOString()} ${last.id}` })
                : null
            }
          />
        )}
      </Panel>
    </OfficePage>
  )
}

/** Where the page before ended; anything else begins anew. */
function readCursor(text: string | string[] | undefined) {
  const [at = '', id = ''] = typeof text === 'string' ? text.split(' ') : []
  const placedAt = new Date(at)
  return Number.isNaN(placedAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id) ? null : { placedAt, id }
}
