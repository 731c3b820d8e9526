import 'server-only'
import { and, asc, count, eq } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { inLocale } from './in-locale.ts'
import { isPublished } from './is-published.ts'
import type { CategoryView } from './list-categories.ts'
import { type ProductCard, readProductCards } from './product-card.ts'
import { categories, products } from './schema.ts'

export type CategoryPage = {
  readonly category: CategoryView
  readonly products: readonly ProductCard[]
  readonly page: number
  readonly pageCount: number
  readonly productCount: number
}

/**
 * One page of a shelf in its own order. Walks index `products_category_position`, which holds published pieces only.
 * @param page 1 or more. The first page of an empty shelf is an empty page.
 * @returns null when there is no such shelf or no such page.
 */
export async function listCategoryProducts({
  locale,
  category: slug,
  page,
  pageSize = 24,
}: {
  locale: Locale
  category: string
  page: number
  pageSize?: number
}): Promise<CategoryPage | null> {
  const [category] = await db
    .select({ id: categories.id, slug: categories.slug, name: inLocale(categories.name, locale) })
    .from(categories)
    .where(eq(categories.slug, slug))
  if (!category) return null

  const onShelf = and(eq(products.categoryId, category.id), isPublished)
  const [rows, [counted]] = await Promise.all([
    db
      .select({ id: products.id })
      .from(products)
      .where(onShelf)
      .orderBy(asc(products.position), asc(products.id))
      .limit(pageSize)
      .offset((page - 1) * pageSize),
    db.select({ products: count() }).from(products).where(onShelf),
  ])
  if (rows.length === 0 && page > 1) return null

  const productCount = counted?.products ?? 0
  return {
    category: { slug: category.slug, name: category.name },
    products: await readProductCards(
      locale,
      rows.map((row) => row.id),
    ),
    page,
    pageCount: Math.max(1, Math.ceil(productCount / pageSize)),
    productCount,
  }
}
