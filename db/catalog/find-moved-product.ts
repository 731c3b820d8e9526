import 'server-only'
import { and, eq } from 'drizzle-orm'
import { db } from '../client.ts'
import { isPublished } from './is-published.ts'
import { formerSlugs, products } from './schema.ts'

/** The address that a published piece has by now, asked by one that it had before. Null when it led nowhere. */
export async function findMovedProduct(formerSlug: string): Promise<string | null> {
  const [moved] = await db
    .select({ slug: products.slug })
    .from(formerSlugs)
    .innerJoin(products, and(eq(products.id, formerSlugs.productId), isPublished))
    .where(eq(formerSlugs.slug, formerSlug))
  return moved?.slug ?? null
}
