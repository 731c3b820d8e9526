import 'server-only'
import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { stock } from '../stock/schema.ts'
import { type CategoryFilter, variantConditions } from './category-filter.ts'
import { inLocale } from './in-locale.ts'
import { isPublished } from './is-published.ts'
import type { CategoryPage } from './list-category-products.ts'
import { readProductCards } from './product-card.ts'
import { type OptionFacet, readFacets } from './read-facets.ts'
import { categories, products, variants } from './schema.ts'

export const PRODUCT_SORTS = ['featured', 'newest', 'price_up', 'price_down'] as const
export type ProductSort = (typeof PRODUCT_SORTS)[number]

export type FilteredPage = CategoryPage & { readonly facets: readonly OptionFacet[] }

const priceFrom = sql<bigint>`min(${variants.priceFen})`
/** By the lowest price among the variants that match; `featured` is the shelf's own order. */
const ORDER: Record<ProductSort, readonly SQL[]> = {
  featured: [asc(products.position), asc(products.id)],
  newest: [desc(products.publishedAt), desc(products.id)],
  price_up: [asc(priceFrom), asc(products.id)],
  price_down: [desc(priceFrom), desc(products.id)],
}

/**
 * Pieces of a shelf that have one variant which answers the whole filter, with how many pieces each other choice would
 * leave. Reads the shelf's variants, so its cost grows with the shelf: it is asked per request and never prerendered.
 * @param page 1 or more.
 * @returns null when there is no such shelf, or no such page of what was found.
 */
export async function filterCategoryProducts({
  locale,
  category: slug,
  filter,
  sort,
  page,
  pageSize = 24,
}: {
  locale: Locale
  category: string
  filter: CategoryFilter
  sort: ProductSort
  page: number
  pageSize?: number
}): Promise<FilteredPage | null> {
  const [category] = await db
    .select({ id: categories.id, slug: categories.slug, name: inLocale(categories.name, locale) })
    .from(categories)
    .where(eq(categories.slug, slug))
  if (!category) return null

  const [rows, facets] = await Promise.all([
    db
      .select({ id: products.id, found: sql<number>`(count(*) over ())::int` })
      .from(products)
      .innerJoin(variants, eq(variants.productId, products.id))
      .innerJoin(stock, eq(stock.variantId, variants.id))
      .where(and(eq(products.categoryId, category.id), isPublished, ...variantConditions(filter)))
      .groupBy(products.id)
      .orderBy(...ORDER[sort])
      .limit(pageSize)
      .offset((page - 1) * pageSize),
    readFacets(locale, category.id, filter),
  ])
  if (rows.length === 0 && page > 1) return null

  const productCount = rows[0]?.found ?? 0
  const ids = rows.map((row) => row.id)
  return {
    category: { slug: category.slug, name: category.name },
    products: await readProductCards(locale, ids),
    page,
    pageCount: Math.max(1, Math.ceil(productCount / pageSize)),
    productCount,
    facets,
  }
}
