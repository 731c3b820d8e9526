import '../../../../../styles/office/ship.css'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { Notice } from '#components/office/notice.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { readPacking } from '#db/fulfilment/read-packing.ts'
import { readHold } from '#db/risk/release-order.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { addressLines } from '#lib/domain/address.ts'
import { parseOrderNumber } from '#lib/domain/order-number.ts'
import { officeOrderPath, officePickListPath, officeShipPath, withQuery } from '#lib/office-paths.ts'
import { PackForm } from './pack-form.tsx'
import { SentParcels } from './sent-parcels.tsx'

export const instant = false

export async function generateMetadata({ params }: PageProps<'/[locale]/admin/ship/[number]'>): Promise<Metadata> {
  const [{ number }, t] = [await params, await getTranslations('officeShip')]
  return { title: t('packTitle', { number }) }
}

/** One order on the bench. */
export default async function PackPage({ params }: PageProps<'/[locale]/admin/ship/[number]'>) {
  const permit = await permitted('orders.ship')
  const [locale, { number: typed }, t, checkout] = await Promise.all([
    pageLocale(),
    params,
    getTranslations('officeShip'),
    getTranslations('checkout'),
  ])
  const number = parseOrderNumber(typed)
  const packing = number && (await readPacking(permit, number))
  if (!packing) notFound()
  const { address, lines, parcels, state, paymentState } = packing
  const hold = await readHold(permit, packing.id)
  const askedBack = lines.reduce((units, line) => units + line.askedBack, 0)
  const toPack = lines.reduce((units, line) => units + line.toPack, 0)
  const stopped = state !== 'confirmed' && state !== 'completed'
  return (
    <OfficePage
      title={t('packTitle', { number: packing.number })}
      trail={<a href={officeShipPath(locale)}>{t('title')}</a>}
      acts={
        <>
          <a className="button button-quiet" href={officeOrderPath(locale, packing.number)}>
            {t('toOrder')}
          </a>
          <a
            className="button button-quiet"
            href={withQuery(officePickListPath(locale), { sheet: 'slips', order: packing.id })}
          >
            {t('slip')}
          </a>
        </>
      }
    >
      {stopped ? <Notice tone="bad">{t(`refused.not_confirmed`)}</Notice> : null}
      {paymentState === 'review' ? <Notice tone="bad">{t('refused.payment_in_review')}</Notice> : null}
      {hold ? <Notice tone="bad">{t('refused.held')}</Notice> : null}
      {askedBack > 0 ? <Notice tone="bad">{t('askedBackNote', { count: askedBack })}</Notice> : null}
      <div className="office-columns">
        <div>
          {toPack > 0 && !stopped ? (
            <PackForm packing={packing} locale={locale} />
          ) : (
            <Notice>{t('nothingToPack')}</Notice>
          )}
          <SentParcels parcels={parcels} lines={lines} locale={locale} />
        </div>
        <Panel title={t('to')}>
          {address ? (
            <address className="ship-address">
              {[...addressLines(address, address.country === 'CN'), address.phone].map((line) => (
                <p key={line}>{line}</p>
              ))}
            </address>
          ) : (
            <p>{t('noAddress')}</p>
          )}
          <p className="office-hint">{checkout(`shippingMethod.${packing.shippingMethod}`)}</p>
        </Panel>
      </div>
    </OfficePage>
  )
}
