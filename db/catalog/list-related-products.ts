import 'server-only'
import { and, asc, eq, gt, or, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { isPublished } from './is-published.ts'
import { type ProductCard, readProductCards } from './product-card.ts'
import { products, relatedProducts } from './schema.ts'

/**
 * The pieces that were chosen for this one, then those that follow it on its shelf, going round at the end, so that
 * each piece is shown by a few others and a shelf of thousands costs no more than a small one. Empty for an unknown
 * piece. @param limit 1 to 24.
 */
export async function listRelatedProducts(locale: Locale, slug: string, limit: number): Promise<ProductCard[]> {
  const [product] = await db
    .select({ id: products.id, categoryId: products.categoryId, position: products.position })
    .from(products)
    .where(eq(products.slug, slug))
  if (!product) return []

  const onShelf = and(eq(products.categoryId, product.categoryId), isPublished)
  const after = or(
    gt(products.position, product.position),
    and(eq(products.position, product.position), gt(products.id, product.id)),
  )
  const inOrder = [asc(products.position), asc(products.id)] as const
  const [chosen, following, first] = await Promise.all([
    db
      .select({ id: products.id })
      .from(relatedProducts)
      .innerJoin(products, and(eq(products.id, relatedProducts.relatedId), isPublished))
      .where(eq(relatedProducts.productId, product.id))
      .orderBy(asc(relatedProducts.position))
      .limit(limit),
    db
      .select({ id: products.id })
      .from(products)
      .where(and(onShelf, sql`${products.position} >= ${product.position}`, after))
      .orderBy(...inOrder)
      .limit(limit),
    db
      .select({ id: products.id })
      .from(products)
      .where(onShelf)
      .orderBy(...inOrder)
      .limit(limit + 1),
  ])
  const ids = new Set([...chosen, ...following, ...first].map((row) => row.id))
  ids.delete(product.id)
  return readProductCards(locale, [...ids].slice(0, limit))
}
