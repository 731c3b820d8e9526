import 'server-only'
import { and, asc, gt } from 'drizzle-orm'
import { db } from '../client.ts'
import { isPublished } from './is-published.ts'
import { products } from './schema.ts'

export type ProductSlug = { readonly id: number; readonly slug: string; readonly publishedAt: Date }

/**
 * Published pieces by id, for the sitemap and for what is prerendered. Walk it with the last id of the page before;
 * a page that is shorter than `limit` is the last.
 */
export const listProductSlugs = ({ afterId = 0, limit }: { afterId?: number; limit: number }): Promise<ProductSlug[]> =>
  db
    .select({ id: products.id, slug: products.slug, publishedAt: products.publishedAt })
    .from(products)
    .where(and(gt(products.id, afterId), isPublished))
    .orderBy(asc(products.id))
    .limit(limit)
