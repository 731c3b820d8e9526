import 'server-only'
import { desc } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { isPublished } from './is-published.ts'
import { type ProductCard, readProductCards } from './product-card.ts'
import { products } from './schema.ts'

/** The pieces published last, newest first. @param limit 1 to 100. */
export async function listNewestProducts(locale: Locale, limit: number): Promise<ProductCard[]> {
  const rows = await db
    .select({ id: products.id })
    .from(products)
    .where(isPublished)
    .orderBy(desc(products.publishedAt), desc(products.id))
    .limit(limit)
  return readProductCards(
    locale,
    rows.map((row) => row.id),
  )
}
