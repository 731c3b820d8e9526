import 'server-only'
import { eq, ilike, or, sql } from 'drizzle-orm'
import { products, productWords, variants } from '../catalog/schema.ts'
import { db } from '../client.ts'

const VARIANTS_AT_MOST = 500
/** With fewer characters half the catalogue would be meant. */
const LETTERS_AT_LEAST = 3
const HAN_AT_LEAST = 2

/** The variants that somebody may mean by what they typed: by SKU, or by a name in any language; 500 at most. */
export async function findNamedVariants(typed: string): Promise<readonly number[]> {
  const enough = /\p{Script=Han}/u.test(typed) ? HAN_AT_LEAST : LETTERS_AT_LEAST
  if (typed.length < enough) return []
  const pattern = `%${typed.replaceAll(/[\\%_]/g, '\\$&')}%`
  const found = await db
    .select({ id: variants.id })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(or(ilike(variants.sku, pattern), sql`${productWords(products)} ilike ${pattern}`))
    .orderBy(variants.id)
    .limit(VARIANTS_AT_MOST)
  return found.map(({ id }) => id)
}
