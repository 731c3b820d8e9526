import type { Route } from 'next'
import { getTranslations } from 'next-intl/server'
import { CategoryHead } from '#components/catalog/category-head.tsx'
import { FilterFields } from '#components/catalog/filter-fields.tsx'
import { Pager } from '#components/catalog/pager.tsx'
import { ProductGrid } from '#components/catalog/product-grid.tsx'
import { filterCategoryProducts } from '#db/catalog/filter-category-products.ts'
import { readFilterQuery } from '#lib/catalog/filter-query.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { categoryFilterPath } from '#lib/paths.ts'

type SearchParams = Readonly<Record<string, string | string[] | undefined>>

/** The same question for another page. */
function pageHref(path: Route, params: SearchParams, page: number): Route {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...params, page: String(page) })) {
    for (const one of [value ?? []].flat()) query.append(name, one)
  }
  return `${path}?${query}` as Route
}

/** What of a shelf answers the address, with the form that asks again. */
export async function FilteredShelf({
  category,
  locale,
  searchParams,
}: {
  category: { readonly slug: string; readonly name: string }
  locale: Locale
  searchParams: SearchParams
}) {
  const t = await getTranslations('catalog.filters')
  const { sort, page, ...filter } = readFilterQuery(searchParams)
  const ask = (wanted: number) =>
    filterCategoryProducts({ locale, category: category.slug, filter, sort, page: wanted })
  const found = (await ask(page)) ?? (await ask(1))
  if (!found) throw new Error(`The shelf ${category.slug} went away while it was read`)
  return (
    <>
      <CategoryHead name={category.name} count={found.productCount} locale={locale} />
      <div className="filtered">
        <FilterFields
          category={category.slug}
          facets={found.facets}
          query={{ ...filter, sort, page: found.page }}
          locale={locale}
        />
        <div>
          {found.productCount === 0 ? (
            <div className="filtered-none">
              <h2 className="subtitle">{t('noneTitle')}</h2>
              <p>{t('noneHint')}</p>
            </div>
          ) : (
            <ProductGrid pieces={found.products} locale={locale} heading="h2" />
          )}
          <Pager
            page={found.page}
            pageCount={found.pageCount}
            locale={locale}
            hrefOf={(other) => pageHref(categoryFilterPath(locale, category.slug), searchParams, other)}
          />
        </div>
      </div>
    </>
  )
}
