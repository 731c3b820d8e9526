import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { pageLocale } from '#app/page-locale.ts'
import { EmptyState } from '#components/office/empty-state.tsx'
import { OfficePage } from '#components/office/office-page.tsx'
import { Pager } from '#components/office/pager.tsx'
import { listDeskCategories } from '#db/catalog/desk/list-desk-categories.ts'
import { listDeskProducts } from '#db/catalog/desk/list-desk-products.ts'
import { readShopRules } from '#db/settings/read-shop-rules.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { deskQuery, readDeskFilter } from '#lib/catalog/desk-filter.ts'
import { officeNewProductPath, officeProductsPath, officeSheetsPath, withQuery } from '#lib/office-paths.ts'
import { ProductFilters } from './product-filters.tsx'
import { ProductTable } from './product-table.tsx'

export const instant = false

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('officeCatalogue'))('title') }
}

export default async function ProductsPage({ searchParams }: PageProps<'/[locale]/admin/products'>) {
  const permit = await permitted('catalogue.read')
  const [locale, query, t, sheet, keys, rules, shelves] = await Promise.all([
    pageLocale(),
    searchParams,
    getTranslations('officeCatalogue'),
    getTranslations('officeSheet'),
    getTranslations('office.keys'),
    readShopRules(),
    listDeskCategories(permit),
  ])
  const { filter, beforeId } = readDeskFilter(query)
  const lowUnits = rules.low_stock_units
  const { products, nextBeforeId } = await listDeskProducts(permit, { locale, filter, beforeId, lowUnits })
  const path = officeProductsPath(locale)
  return (
    <OfficePage
      title={t('title')}
      acts={
        <>
          <a className="button button-quiet" href={officeSheetsPath(locale)}>
            {sheet('title')}
          </a>
          <a className="button" href={officeNewProductPath(locale)}>
            {t('new')}
          </a>
        </>
      }
      keys={[
        { keys: ['j', 'k'], does: `${keys('nextRow')}, ${keys('previousRow')}` },
        { keys: ['Enter'], does: keys('open') },
      ]}
    >
      <ProductFilters locale={locale} filter={filter} shelves={shelves} />
      {products.length === 0 ? (
        <EmptyState title={t('none')}>
          <p>{t('noneText')}</p>
        </EmptyState>
      ) : (
        <ProductTable locale={locale} products={products} />
      )}
      <Pager
        first={beforeId === null ? null : withQuery(path, deskQuery(filter))}
        next={nextBeforeId === null ? null : withQuery(path, deskQuery(filter, nextBeforeId))}
      />
    </OfficePage>
  )
}
