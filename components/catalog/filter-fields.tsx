import { getTranslations } from 'next-intl/server'
import { buttonClass } from '#components/ui/button.tsx'
import { type FilterQuery, optionField, SORTS } from '#lib/catalog/filter-query.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { type Fen, toYuan } from '#lib/domain/money.ts'
import { categoryFilterPath, categoryPath } from '#lib/paths.ts'
import { IntentLink } from '../shop/intent-link.tsx'
import { FilterForm } from './filter-form.tsx'

/** An option of a shelf with how many pieces each value would leave. */
export type Facet = {
  readonly option: string
  readonly values: readonly { readonly value: string; readonly name: string; readonly products: number }[]
}

const inField = (price: Fen | null) => (price === null ? '' : toYuan(price).replace(/\.00$/, ''))

/** All that one can ask of a shelf. */
export async function FilterFields({
  category,
  facets,
  query,
  locale,
}: {
  category: string
  facets: readonly Facet[]
  query: FilterQuery
  locale: Locale
}) {
  const t = await getTranslations({ locale, namespace: 'catalog.filters' })
  const nameOf = (option: string) => (option === 'glaze' || option === 'size' ? t(`option.${option}`) : option)
  return (
    <FilterForm action={categoryFilterPath(locale, category)}>
      <label className="filter-sort">
        <span>{t('sort')}</span>
        <select name="sort" defaultValue={query.sort}>
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {t(sort)}
            </option>
          ))}
        </select>
      </label>
      {facets.map((facet) => (
        <fieldset key={facet.option}>
          <legend>{nameOf(facet.option)}</legend>
          <div className="filter-options">
            {facet.values.map(({ value, name, products }) => (
              <label key={value} className="choice">
                <input
                  type="checkbox"
                  name={optionField(facet.option)}
                  value={value}
                  defaultChecked={query.options[facet.option]?.includes(value) ?? false}
                />
                <span>{name}</span>
                <small>{products}</small>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <fieldset className="filter-price">
        <legend>{t('price')}</legend>
        <label>
          <span>{t('from')}</span>
          <input name="from" inputMode="decimal" maxLength={12} defaultValue={inField(query.priceFromFen)} />
        </label>
        <label>
          <span>{t('to')}</span>
          <input name="to" inputMode="decimal" maxLength={12} defaultValue={inField(query.priceToFen)} />
        </label>
      </fieldset>
      <label className="choice">
        <input type="checkbox" name="stock" value="1" defaultChecked={query.inStock} />
        <span>{t('inStock')}</span>
      </label>
      <p className="filter-ways">
        <button type="submit" className={buttonClass('quiet')}>
          {t('apply')}
        </button>
        <IntentLink className="link" href={categoryPath(locale, category)}>
          {t('clear')}
        </IntentLink>
      </p>
    </FilterForm>
  )
}
