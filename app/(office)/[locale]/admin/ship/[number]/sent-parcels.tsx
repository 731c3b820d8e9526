import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Panel } from '#components/office/office-page.tsx'
import { StatusMark } from '#components/office/status-mark.tsx'
import type { Packing } from '#db/fulfilment/read-packing.ts'
import { CARRIERS, trackingUrl } from '#lib/domain/carriers.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { undoUntil } from '#lib/domain/shipment.ts'
import { formatTime } from '#lib/i18n/format-time.ts'
import { deliveredAction, undoAction } from '../actions.ts'

/** What was sent of the order, where it is, and what can be done with it. */
export async function SentParcels({ parcels, lines, locale }: Pick<Packing, 'parcels' | 'lines'> & { locale: Locale }) {
  if (parcels.length === 0) return null
  const t = await getTranslations('officeShip')
  const now = new Date()
  const nameOf = (position: number) => lines.find((line) => line.position === position)?.name[locale] ?? ''
  return (
    <Panel title={t('parcels')}>
      <ol className="ship-parcels">
        {parcels.map((parcel) => (
          <li key={parcel.id}>
            <div>
              <p>
                {t('parcel', { sequence: parcel.sequence })} ·{' '}
                <a
                  className="link"
                  href={trackingUrl(parcel.carrier, parcel.trackingNumber)}
                  rel="noreferrer"
                  target="_blank"
                >
                  {CARRIERS[parcel.carrier].name[locale]} {parcel.trackingNumber}
                </a>
              </p>
              <p className="office-hint">
                {parcel.lines.map(({ position, quantity }) => `${quantity} × ${nameOf(position)}`).join(', ')}
              </p>
              <StatusMark tone={parcel.deliveredAt ? 'good' : 'open'}>
                {parcel.deliveredAt
                  ? t('deliveredOn', { at: formatTime(parcel.deliveredAt, locale) })
                  : t('sentOn', { at: formatTime(parcel.shippedAt, locale) })}
              </StatusMark>
            </div>
            {parcel.deliveredAt ? null : (
              <div className="office-acts">
                <ActionForm
                  action={deliveredAction}
                  label={t('deliveredOf', { sequence: parcel.sequence })}
                  className="ship-undo"
                >
                  <input type="hidden" name="parcelId" value={parcel.id} />
                  <SubmitButton look="quiet">{t('delivered')}</SubmitButton>
                </ActionForm>
                {now < undoUntil(parcel.shippedAt) ? (
                  <ActionForm
                    action={undoAction}
                    label={t('undoOf', { number: parcel.sequence })}
                    className="ship-undo"
                  >
                    <input type="hidden" name="parcelId" value={parcel.id} />
                    <SubmitButton look="quiet">{t('undo')}</SubmitButton>
                  </ActionForm>
                ) : null}
              </div>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
