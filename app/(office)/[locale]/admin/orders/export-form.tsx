import { randomUUID } from 'node:crypto'
import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { SelectField } from '#components/office/field.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { EXPORT_FORMATS } from '#lib/domain/order-export.ts'
import { officeExportsPath } from '#lib/office-paths.ts'
import { exportOrdersAction } from './actions.ts'

/** Has the list written to a file. @param list its narrowing, as a query. */
export async function ExportForm({ locale, list }: { locale: Locale; list: string }) {
  const t = await getTranslations('officeOrders.exports')
  return (
    <details className="office-pop">
      <summary className="button button-quiet">{t('ask')}</summary>
      <ActionForm action={exportOrdersAction} className="office-form" label={t('label')}>
        <input type="hidden" name="id" value={randomUUID()} />
        <input type="hidden" name="list" value={list} />
        <p>{t('askText')}</p>
        <SelectField id="export-format" name="format" label={t('kind')} select={{ defaultValue: 'xlsx' }}>
          {EXPORT_FORMATS.map((format) => (
            <option key={format} value={format}>
              {t(`format.${format}`)}
            </option>
          ))}
        </SelectField>
        <SubmitButton>{t('go')}</SubmitButton>
        <a className="link" href={officeExportsPath(locale)}>
          {t('title')}
        </a>
      </ActionForm>
    </details>
  )
}
