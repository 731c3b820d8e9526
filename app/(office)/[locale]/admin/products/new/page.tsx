import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { SelectField, TextField } from '#components/office/field.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { listDeskCategories } from '#db/catalog/desk/list-desk-categories.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { LOCALES } from '#lib/domain/locale.ts'
import { officeProductsPath } from '#lib/office-paths.ts'
import { createProductAction } from '../actions.ts'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeCatalogue'))('new') }
}

/** Begins a piece: what it is called, where it stands, what it weighs. All else is filled in on its page. */
export default async function NewProductPage() {
  await permitted('catalogue.edit')
  const shelves = await listDeskCategories(await permitted('catalogue.read'))
  const [locale, t] = await Promise.all([pageLocale(), getTranslations('officeCatalogue')])
  return (
    <OfficePage title={t('new')} trail={<a href={officeProductsPath(locale)}>{t('title')}</a>}>
      <ActionForm action={createProductAction} className="office-form">
        {LOCALES.map((language) => (
          <TextField
            key={language}
            id={`name_${language}`}
            name={`name_${language}`}
            label={`${t('name')} · ${t(`languages.${language}`)}`}
            optional=""
            input={{ lang: language, maxLength: 200 }}
          />
        ))}
        <TextField id="slug" name="slug" label={t('slug')} hint={t('slugHint')} input={{ maxLength: 80 }} />
        <SelectField id="category" name="category" label={t('shelf')} select={{}}>
          {shelves.map((shelf) => (
            <option key={shelf.slug} value={shelf.slug}>
              {shelf.name[locale]}
            </option>
          ))}
        </SelectField>
        <TextField id="weight_g" name="weight_g" label={t('weight')} input={{ inputMode: 'numeric' }} />
        <p>
          <SubmitButton>{t('begin')}</SubmitButton>
        </p>
      </ActionForm>
    </OfficePage>
  )
}
