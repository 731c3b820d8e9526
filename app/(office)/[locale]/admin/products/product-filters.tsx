import { getTranslations } from 'next-intl/server'
import { AskAsTyped } from '#components/office/ask-as-typed.tsx'
import { CheckField, SelectField, TextField } from '#components/office/field.tsx'
import { Toolbar } from '#components/office/toolbar.tsx'
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
    <Toolbar action={officeProductsPath(locale)} label={t('filters.label')}>
      <div className="grow">
        <TextField
          id="search"
          name="q"
          label={t('filters.q')}
          optional=""
          input={{ type: 'search', defaultValue: filter.words, autoComplete: 'off', maxLength: 100, 'data-search': '' }}
        />
      </div>
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
      <button type="submit" className="button button-quiet">
        {t('filters.go')}
      </button>
      <AskAsTyped busy={t('filters.busy')} />
    </Toolbar>
  )
}
