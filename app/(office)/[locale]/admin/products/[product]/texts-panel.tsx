import { getTranslations } from 'next-intl/server'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { SelectField, TextArea, TextField } from '#components/office/field.tsx'
import { Panel } from '#components/office/office-page.tsx'
import { SharedFields } from '#components/office/shared-fields.tsx'
import type { DeskCategory } from '#db/catalog/desk/list-desk-categories.ts'
import type { DeskProduct } from '#db/catalog/desk/read-desk-product.ts'
import { fieldsOfProduct, MEASURES } from '#lib/catalog/product-form.ts'
import { LANGUAGE_TAG, LOCALES, type Locale } from '#lib/domain/locale.ts'
import { saveProductAction } from '../actions.ts'

/** What a piece is, its three languages side by side; an empty text stands out as one to be written. */
export async function TextsPanel({
  product,
  shelves,
  locale,
}: {
  product: DeskProduct
  shelves: readonly DeskCategory[]
  locale: Locale
}) {
  const t = await getTranslations('officeCatalogue')
  const stored = fieldsOfProduct(product)
  return (
    <Panel title={t('texts')}>
      <ActionForm action={saveProductAction} className="office-form office-wide" label={t('texts')}>
        <SharedFields stored={stored} version={product.version} now={t('now')}>
          <input type="hidden" name="product" value={product.id} />
          <div className="office-languages">
            {(['name', 'description', 'material'] as const).flatMap((what) =>
              LOCALES.map((language) => {
                const name = `${what}_${language}`
                const field = {
                  ...{ id: name, name, optional: '' },
                  label: `${t(what)} · ${t(`languages.${language}`)}`,
                }
                const input = {
                  ...{ lang: LANGUAGE_TAG[language], placeholder: t('toWrite'), defaultValue: stored[name] ?? '' },
                }
                return what === 'description' ? (
                  <TextArea key={name} {...field} area={{ ...input, rows: 8 }} />
                ) : (
                  <TextField key={name} {...field} input={{ ...input, maxLength: 200 }} />
                )
              }),
            )}
          </div>
          <div className="office-pair">
            <TextField
              id="slug"
              name="slug"
              label={t('slug')}
              hint={t('slugHint')}
              input={{ defaultValue: product.slug, maxLength: 80 }}
            />
            <SelectField id="category" name="category" label={t('shelf')} select={{ defaultValue: product.category }}>
              {shelves.map((shelf) => (
                <option key={shelf.slug} value={shelf.slug}>
                  {shelf.name[locale]}
                </option>
              ))}
            </SelectField>
            {(['weight_g', ...MEASURES] as const).map((measure) => (
              <TextField
                key={measure}
                id={measure}
                name={measure}
                label={t(`measures.${measure}`)}
                {...(measure === 'weight_g' ? {} : { optional: '' })}
                input={{ inputMode: 'numeric', defaultValue: stored[measure] ?? '', maxLength: 6 }}
              />
            ))}
          </div>
          <p>
            <SubmitButton>{t('save')}</SubmitButton>
          </p>
        </SharedFields>
      </ActionForm>
      {product.formerSlugs.length > 0 ? (
        <p className="office-hint">{t('formerSlugs', { slugs: product.formerSlugs.join(t('comma')) })}</p>
      ) : null}
    </Panel>
  )
}
