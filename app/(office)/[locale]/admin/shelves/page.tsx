import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { ActionForm } from '#components/form/action-form.tsx'
import { SubmitButton } from '#components/form/submit-button.tsx'
import { DragRows } from '#components/office/drag-rows.tsx'
import { SelectField, TextField } from '#components/office/field.tsx'
import { OfficePage, Panel } from '#components/office/office-page.tsx'
import { listDeskCategories } from '#db/catalog/desk/list-desk-categories.ts'
import { listOptionValues } from '#db/catalog/desk/list-option-values.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { OPTIONS } from '#lib/domain/options.ts'
import { labelOf } from '#lib/i18n/label-of.ts'
import { moved } from '../products/[product]/move-buttons.tsx'
import {
  createCategoryAction,
  orderCategoriesAction,
  removeCategoryAction,
  saveCategoryAction,
  saveOptionValueAction,
} from './actions.ts'
import { NameFields } from './name-fields.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeCatalogue'))('shelves') }
}

/** The shelves of the shop in their order with their names, and the values that pieces can be chosen by. */
export default async function ShelvesPage() {
  const permit = await permitted('catalogue.read')
  const [locale, t, shelves, values] = await Promise.all([
    pageLocale(),
    getTranslations('officeCatalogue'),
    listDeskCategories(permit),
    listOptionValues(permit),
  ])
  const ids = shelves.map(({ id }) => id)
  return (
    <OfficePage title={t('shelves')}>
      <Panel title={t('shelves')}>
        <ActionForm id="shelf-order" action={orderCategoriesAction} className="" label={t('shelves')}>
          <input type="hidden" name="order" value={ids.join()} />
          <input type="hidden" name="seen" value={ids.join()} />
        </ActionForm>
        <DragRows form="shelf-order">
          {shelves.map(({ id, slug, name, version, pieces }) => (
            <details key={id} className="office-part" data-drag-row={id}>
              <summary>
                <span className="office-grip" data-grip="" aria-hidden="true" title={t('drag')} />
                <strong>{name[locale]}</strong> <span>{t('pieces', { count: pieces })}</span>
              </summary>
              <ActionForm action={saveCategoryAction} className="office-form office-wide" label={name[locale]}>
                <input type="hidden" name="category" value={id} />
                <input type="hidden" name="version" value={version} />
                <NameFields id={slug} name={name} />
                <p>
                  <SubmitButton look="quiet">{t('save')}</SubmitButton>
                </p>
              </ActionForm>
              <div className="office-acts">
                {([-1, 1] as const).map((by) => {
                  const order = moved(ids, id, by)
                  const label = labelOf(t(by === -1 ? 'earlier' : 'later'), name[locale], locale)
                  return order ? (
                    <ActionForm key={by} action={orderCategoriesAction} className="" label={label}>
                      <input type="hidden" name="order" value={order.join()} />
                      <input type="hidden" name="seen" value={ids.join()} />
                      <SubmitButton look="quiet" aria-label={label}>
                        {t(by === -1 ? 'earlier' : 'later')}
                      </SubmitButton>
                    </ActionForm>
                  ) : null
                })}
                {pieces === 0 ? (
                  <ActionForm
                    action={removeCategoryAction}
                    className=""
                    label={labelOf(t('remove'), name[locale], locale)}
                  >
                    <input type="hidden" name="category" value={id} />
                    <input type="hidden" name="version" value={version} />
                    <SubmitButton look="quiet">{t('remove')}</SubmitButton>
                  </ActionForm>
                ) : null}
              </div>
            </details>
          ))}
        </DragRows>
        <details className="office-part">
          <summary>{t('addShelf')}</summary>
          <ActionForm action={createCategoryAction} className="office-form office-wide" label={t('addShelf')}>
            <NameFields id="new-shelf" />
            <TextField
              id="new-shelf-slug"
              name="slug"
              label={t('slug')}
              hint={t('slugHint')}
              input={{ maxLength: 80 }}
            />
            <p>
              <SubmitButton look="quiet">{t('addShelf')}</SubmitButton>
            </p>
          </ActionForm>
        </details>
      </Panel>
      <Panel title={t('values')}>
        {OPTIONS.map((option) => (
          <p key={option}>
            {labelOf(
              t(`options.${option}`),
              values
                .filter((value) => value.option === option)
                .map(({ name }) => name[locale])
                .join(t('comma')),
              locale,
            )}
          </p>
        ))}
        <details className="office-part">
          <summary>{t('addValue')}</summary>
          <ActionForm action={saveOptionValueAction} className="office-form office-wide" label={t('addValue')}>
            <SelectField id="option" name="option" label={t('option')} select={{}}>
              {OPTIONS.map((option) => (
                <option key={option} value={option}>
                  {t(`options.${option}`)}
                </option>
              ))}
            </SelectField>
            <TextField id="value" name="value" label={t('value')} hint={t('valueHint')} input={{ maxLength: 80 }} />
            <NameFields id="value-name" />
            <p>
              <SubmitButton look="quiet">{t('save')}</SubmitButton>
            </p>
          </ActionForm>
        </details>
      </Panel>
    </OfficePage>
  )
}
