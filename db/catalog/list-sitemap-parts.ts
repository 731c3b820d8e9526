import 'server-only'
import { asc, eq, sql } from 'drizzle-orm'
import { db } from '../client.ts'
import { products } from './schema.ts'

/**
 * Where each part of the sitemap begins: the id before its first piece. Reads only the index of ids.
 * @param size pieces in a part.
 */
export async function listSitemapParts(size: number): Promise<number[]> {
  const numbered = db
    .select({
      id: products.id,
      place: sql<number>`row_number() over (order by ${products.id})`.as('place'),
    })
    .from(products)
    .where(eq(products.published, true))
    .as('numbered')
  const ends = await db
    .select({ id: numbered.id })
    .from(numbered)
    .where(sql`${numbered.place} % ${size} = 0`)
    .orderBy(asc(numbered.id))
  return [0, ...ends.map((row) => row.id)]
}
