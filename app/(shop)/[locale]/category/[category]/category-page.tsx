import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { cachedCategoryPage } from '#app/_cached/catalog.ts'
import { pageLocale } from '#app/page-locale.ts'
import { CategoryHead } from '#components/catalog/category-head.tsx'
import { JsonLd } from '#components/catalog/json-ld.tsx'
import { Pager } from '#components/catalog/pager.tsx'
import { ProductGrid } from '#components/catalog/product-grid.tsx'
import { IntentLink } from '#components/shop/intent-link.tsx'
import { isSlug } from '#lib/domain/slug.ts'
import { env } from '#lib/env.ts'
import { alternatesFor } from '#lib/i18n/alternates.ts'
import { categoryFilterPath, categoryPath } from '#lib/paths.ts'
import { categorySchema } from './category-schema.ts'

/** Two rows on a phone, one and a half on a wide screen. */
const IN_FIRST_VIEW = 2

async function findShelf(category: string, page: number) {
  const locale = await pageLocale()
  const shelf = isSlug(category) ? await cachedCategoryPage(locale, category, page) : null
  if (!shelf) notFound()
  return { locale, shelf }
}

export async function categoryMetadata(category: string, page = 1): Promise<Metadata> {
  const { locale, shelf } = await findShelf(category, page)
  const t = await getTranslations('catalog')
  const title = page > 1 ? t('pageOf', { name: shelf.category.name, page }) : shelf.category.name
  return {
    title,
    description: t('shelfDescription', { name: shelf.category.name, count: shelf.productCount }),
    alternates: alternatesFor(locale, (other) => categoryPath(other, category, page)),
  }
}

export async function CategoryPage({ category, page = 1 }: { category: string; page?: number }) {
  const { locale, shelf } = await findShelf(category, page)
  const t = await getTranslations('catalog')
  return (
    <div className="frame">
      <JsonLd data={categorySchema(shelf.category, locale, env.PUBLIC_URL)} />
      <CategoryHead name={shelf.category.name} count={shelf.productCount} locale={locale}>
        <IntentLink className="link" href={categoryFilterPath(locale, category)}>
          {t('filter')}
        </IntentLink>
      </CategoryHead>
      <ProductGrid pieces={shelf.products} locale={locale} heading="h2" eager={IN_FIRST_VIEW} />
      <Pager
        page={shelf.page}
        pageCount={shelf.pageCount}
        locale={locale}
        hrefOf={(other) => categoryPath(locale, category, other)}
      />
    </div>
  )
}
