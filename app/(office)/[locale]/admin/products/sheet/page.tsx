import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextField } from '#components/office/field.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { permitted } from '#lib/auth/current-staff.ts'
import { mayDo } from '#lib/domain/permissions.ts'
import { officeProductsPath, officeSheetFilePath } from '#lib/office-paths.ts'
import { uploadSheetAction } from './actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeSheet'))('title') }
}

/** The catalogue as a table: out, and back in. */
export default async function SheetsPage() {
  const permit = await permitted('catalogue.read')
  const [locale, t, catalogue] = await Promise.all([
    pageLocale(),
    getTranslations('officeSheet'),
    getTranslations('officeCatalogue'),
  ])
  return (
    <OfficePage title={t('title')} trail={<a href={officeProductsPath(locale)}>{catalogue('title')}</a>}>
      <Panel title={t('export')}>
        <div className="office-form">
          <p>{t('exportText')}</p>
          <a className="button button-quiet" href={officeSheetFilePath(locale)} download>
            CSV
          </a>
        </div>
      </Panel>
      {mayDo(permit.roles, 'catalogue.edit') ? (
        <Panel title={t('import')}>
          <ActionForm action={uploadSheetAction} className="office-form" label={t('import')}>
            <p>{t('rules')}</p>
            <TextField id="file" name="file" label={t('file')} input={{ type: 'file', accept: '.csv,text/csv' }} />
            <SubmitButton>{t('look')}</SubmitButton>
          </ActionForm>
        </Panel>
      ) : null}
    </OfficePage>
  )
}
