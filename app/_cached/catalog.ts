import 'server-only'
import { cacheLife, cacheTag } from 'next/cache'
import { findMovedProduct } from '#db/catalog/find-moved-product.ts'
import { getProduct } from '#db/catalog/get-product.ts'
import { listCategories } from '#db/catalog/list-categories.ts'
import { listCategoryProducts } from '#db/catalog/list-category-products.ts'
import { listNewestProducts } from '#db/catalog/list-newest-products.ts'
import { listRelatedProducts } from '#db/catalog/list-related-products.ts'
import { readProductReviews } from '#db/reviews/read-product-reviews.ts'
import { readShopRules } from '#db/settings/read-shop-rules.ts'
import { categoriesTag, categoryTag, newestTag, productTag, reviewsTag, settingsTag } from '#lib/domain/cache-tags.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { contactOf } from '#lib/shop-rules.ts'

/**
 * The catalogue as its pages read it: kept until a row of `cache_invalidations` names one of the tags, see
 * `lib/freshness`. A browser keeps a visited page for `stale` seconds, which must be short for what shows price and
 * stock; 30 is the least that still allows prefetching. `expire` must be well below the age at which the rows are
 * removed (`lib/jobs/prune-invalidations.ts`), so that an old build never outlives what is known against it.
 */
const UNTIL_INVALIDATED = { stale: 30, revalidate: 15 * 86_400, expire: 30 * 86_400 }

export async function cachedCategories(locale: Locale) {
  'use cache'
  cacheLife('max')
  cacheTag(categoriesTag)
  return listCategories(locale)
}

/** How to reach the shop, as the end of every page says it. */
export async function cachedContact() {
  'use cache'
  cacheLife('max')
  cacheTag(settingsTag)
  return contactOf(await readShopRules())
}

/** Null when there is no such shelf or page; remembered as well, until the shelf changes. */
export async function cachedCategoryPage(locale: Locale, category: string, page: number) {
  'use cache'
  cacheLife(UNTIL_INVALIDATED)
  cacheTag(categoriesTag, categoryTag(category))
  const shown = await listCategoryProducts({ locale, category, page })
  if (shown) cacheTag(...shown.products.map((product) => productTag(product.slug)))
  return shown
}

/** Null when there is no such piece. */
export async function cachedProduct(locale: Locale, slug: string) {
  'use cache'
  cacheLife(UNTIL_INVALIDATED)
  cacheTag(productTag(slug), categoriesTag)
  return getProduct(locale, slug)
}

/** Where a piece is by now that had this address before; null when it never was one. */
export async function cachedMovedProduct(formerSlug: string) {
  'use cache'
  cacheLife(UNTIL_INVALIDATED)
  cacheTag(productTag(formerSlug))
  const slug = await findMovedProduct(formerSlug)
  if (slug) cacheTag(productTag(slug))
  return slug
}

/** What customers say of a piece. */
export async function cachedProductReviews(locale: Locale, slug: string) {
  'use cache'
  cacheLife(UNTIL_INVALIDATED)
  cacheTag(reviewsTag(slug))
  return readProductReviews(locale, slug)
}

/** @param limit 1 to 24. */
export async function cachedRelatedProducts(locale: Locale, slug: string, limit: number) {
  'use cache'
  cacheLife(UNTIL_INVALIDATED)
  cacheTag(productTag(slug))
  const related = await listRelatedProducts(locale, slug, limit)
  cacheTag(...related.map((product) => productTag(product.slug)))
  return related
}

/** @param limit 1 to 24. */
export async function cachedNewestProducts(locale: Locale, limit: number) {
  'use cache'
  cacheLife(UNTIL_INVALIDATED)
  cacheTag(newestTag)
  const newest = await listNewestProducts(locale, limit)
  cacheTag(...newest.map((product) => productTag(product.slug)))
  return newest
}
