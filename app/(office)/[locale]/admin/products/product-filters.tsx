import { getTranslations } from 'next-intl/server'
import { CheckField, SelectField } from '#components/office/field.tsx'
import { SearchField, Toolbar } from '#components/office/toolbar.tsx'
import type { DeskCategory } from '#db/catalog/desk/list-desk-categories.ts'
import { type DeskFilter, PRODUCT_STATES } from '#db/catalog/desk/list-desk-products.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { officeProductsPath } from '#lib/office-paths.ts'

/** What one searches by and narrows the list of pieces to. */
export async function ProductFilters({
  locale,
  filter,
  shelves,
}: {
  locale: Locale
  filter: DeskFilter
  shelves: readonly DeskCategory[]
}) {
  const t = await getTranslations('officeCatalogue')
  return (
    <Toolbar
      action={officeProductsPath(locale)}
      label={t('filters.label')}
      go={t('filters.go')}
      busy={t('filters.busy')}
    >
      <SearchField label={t('filters.q')} words={filter.words} />
      <SelectField
        id="filter-category"
        name="category"
        label={t('shelf')}
        optional=""
        select={{ defaultValue: filter.category ?? '' }}
      >
        <option value="">{t('filters.any')}</option>
        {shelves.map((shelf) => (
          <option key={shelf.slug} value={shelf.slug}>
            {shelf.name[locale]}
          </option>
        ))}
      </SelectField>
      <SelectField
        id="filter-state"
        name="state"
        label={t('stateLabel')}
        optional=""
        select={{ defaultValue: filter.state ?? '' }}
      >
        <option value="">{t('filters.notArchived')}</option>
        {PRODUCT_STATES.map((state) => (
          <option key={state} value={state}>
            {t(`state.${state}`)}
          </option>
        ))}
      </SelectField>
      <CheckField id="filter-low" name="low" label={t('filters.low')} input={{ defaultChecked: filter.low }} />
    </Toolbar>
  )
}
