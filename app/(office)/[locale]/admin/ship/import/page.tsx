import '../../../../../styles/office/ship.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/office/field.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { permitted } from '#lib/auth/current-staff.ts'
import { officeShipPath } from '#lib/office-paths.ts'
import { importParcelsAction } from './actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeShip.import'))('title') }
}

/** A file of tracking numbers from a carrier's program. */
export default async function ImportParcelsPage() {
  await permitted('orders.ship')
  const [locale, t] = [await pageLocale(), await getTranslations('officeShip')]
  return (
    <OfficePage title={t('import.title')} trail={<a href={officeShipPath(locale)}>{t('title')}</a>}>
      <ActionForm action={importParcelsAction} className="office-form">
        <p>{t('import.intro')}</p>
        <TextField id="file" name="file" label={t('import.file')} input={{ type: 'file', accept: '.csv,text/csv' }} />
        <p className="office-acts">
          <SubmitButton>{t('import.go')}</SubmitButton>
        </p>
      </ActionForm>
    </OfficePage>
  )
}
