import { getTranslations } from 'next-intl/server'
import { Panel } from '#components/office/office-page.tsx'
import type { RequestView } from '#db/after-sales/list-requests-of.ts'
import type { ParcelView } from '#db/fulfilment/list-parcels-of.ts'
import { trackingUrl } from '#lib/domain/carriers.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { formatShortTime } from '#lib/i18n/format-time.ts'

/** What left the house, and what the shopper asked for afterwards. */
export async function OrderSendings({
  locale,
  parcels,
  requests,
}: {
  locale: Locale
  parcels: readonly ParcelView[]
  requests: readonly RequestView[]
}) {
  const t = await getTranslations('officeOrder')
  const at = (time: Date) => formatShortTime(time, locale)
  return (
    <>
      <Panel title={t('parcels.title')}>
        {parcels.length === 0 ? <p className="office-hint">{t('parcels.none')}</p> : null}
        <ul className="order-list">
          {parcels.map(({ id, carrier, trackingNumber, shippedAt, deliveredAt, lines }) => {
            const url = trackingUrl(carrier, trackingNumber)
            return (
              <li key={id}>
                {url ? (
                  <a className="link" href={url} rel="noreferrer" target="_blank">
                    {trackingNumber}
                  </a>
                ) : (
                  trackingNumber
                )}
                <small>
                  {[
                    t('parcels.units', { units: lines.reduce((units, { quantity }) => units + quantity, 0) }),
                    t('parcels.sent', { at: at(shippedAt) }),
                    deliveredAt && t('parcels.delivered', { at: at(deliveredAt) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
              </li>
            )
          })}
        </ul>
      </Panel>
      <Panel title={t('requests.title')}>
        {requests.length === 0 ? <p className="office-hint">{t('requests.none')}</p> : null}
        <ul className="order-list">
          {requests.map(({ id, kind, state, amount, requestedAt, words }) => (
            <li key={id}>
              {t(`requestKind.${kind}`)}: {t(`requestState.${state}`)}
              <small>{t('requests.asked', { at: at(requestedAt), amount: formatPrice(amount, locale) })}</small>
              {words === '' ? null : <blockquote>{words}</blockquote>}
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}
