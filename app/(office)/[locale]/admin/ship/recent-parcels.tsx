import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { listRecentParcels } from '#db/fulfilment/list-recent-parcels.ts'
import { CARRIERS } from '#lib/domain/carriers.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { officePackPath } from '#lib/office-paths.ts'
import { undoAction } from './actions.ts'

/** What was sent in the last minutes, each with the way to undo it. */
export async function RecentParcels({
  parcels,
  locale,
}: {
  parcels: Awaited<ReturnType<typeof listRecentParcels>>
  locale: Locale
}) {
  if (parcels.length === 0) return null
  const t = await getTranslations('officeShip')
  return (
    <Panel title={t('recent')}>
      <ul className="ship-recent">
        {parcels.map(({ id, carrier, trackingNumber, orderNumber }) => (
          <li key={id}>
            <a className="link" href={officePackPath(locale, orderNumber)}>
              {orderNumber}
            </a>
            <span>
              {CARRIERS[carrier].name[locale]} · {trackingNumber}
            </span>
            <ActionForm action={undoAction} className="ship-undo" label={t('undoOf', { number: orderNumber })}>
              <input type="hidden" name="parcelId" value={id} />
              <SubmitButton look="quiet">{t('undo')}</SubmitButton>
            </ActionForm>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
