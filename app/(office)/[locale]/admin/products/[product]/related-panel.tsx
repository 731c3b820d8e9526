import { getTranslations } from 'next-intl/server'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { TextArea } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import type { DeskProduct } from '#db/catalog/desk/read-desk-product.ts'
import { setRelatedAction } from '../actions.ts'
import { PartForm } from './part-form.tsx'

/** The pieces that are shown below this one; by their addresses, one a line. */
export async function RelatedPanel({ product }: { product: DeskProduct }) {
  const t = await getTranslations('officeCatalogue')
  return (
    <Panel title={t('related')}>
      <PartForm action={setRelatedAction} product={product} label={t('related')}>
        <TextArea
          id="related"
          name="related"
          label={t('relatedLabel')}
          hint={t('relatedHint')}
          optional=""
          area={{ rows: 4, defaultValue: product.related.map(({ slug }) => slug).join('\n') }}
        />
        <p>
          <SubmitButton look="quiet">{t('save')}</SubmitButton>
        </p>
      </PartForm>
    </Panel>
  )
}
