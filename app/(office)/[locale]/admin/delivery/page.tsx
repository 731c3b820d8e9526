import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextArea, TextField } from '#components/office/field.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { permitted } from '#lib/auth/current-staff.ts'
import { officeStockPath } from '#lib/office-paths.ts'
import { receiveGoodsAction } from '../stock/actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeCatalogue'))('stock.receive') }
}

/** Books a delivery: scanned, typed or pasted, a SKU and a number on each line. */
export default async function DeliveryPage() {
  await permitted('stock.adjust')
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('officeCatalogue')])
  return (
    <OfficePage title={t('stock.receive')} trail={<a href={officeStockPath(locale)}>{t('stock.title')}</a>}>
      <ActionForm action={receiveGoodsAction} className="office-form">
        <TextArea
          id="lines"
          name="lines"
          label={t('stock.lines')}
          hint={t('stock.linesHint')}
          area={{ rows: 10, maxLength: 20_000 }}
        />
        <TextField id="note" name="note" label={t('stock.deliveryNote')} optional="" input={{ maxLength: 200 }} />
        <p>
          <SubmitButton>{t('stock.book')}</SubmitButton>
        </p>
      </ActionForm>
    </OfficePage>
  )
}
