import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { productSearch } from './schema.ts'

/**
 * How many pieces a search looks at: twenty pages. A question that has more answers is too vague for their order to mean
 * much, and weighing them all would cost more the larger the catalogue is.
 */
export const FOUND_MAX = 480

/** Of D, C, B, A: a name counts more than any number of mentions. */
const WEIGHTS = sql`'{0.02, 0.05, 0.3, 1}'::real[]`

/**
 * The ids of pieces whose texts answer a `tsquery`, best first, `FOUND_MAX` at most: those that have all of it in their
 * heading, then those that have some of it in their description only, which are not even looked for when the first are
 * enough. The query stands in each place by itself, so that the planner knows how common its words are.
 */
export async function findProducts(query: SQL, language: Locale): Promise<number[]> {
  const { productId, locale, heading, document } = productSearch
  const [row] = await db.execute<{ ids: number[] | null }>(sql`
    with found as (
      (select ${productId} as id, 1 as tier, ts_rank(${WEIGHTS}, ${heading}, ${query}, 1) as rank
       from ${productSearch} where ${locale} = ${language}::text and ${heading} @@ ${query} limit ${FOUND_MAX})
      union all
      (select ${productId}, 2, ts_rank(${WEIGHTS}, ${document}, ${query}, 1)
       from ${productSearch}
       where ${locale} = ${language}::text and ${document} @@ ${query} and not ${heading} @@ ${query}
       limit ${FOUND_MAX})
      limit ${FOUND_MAX}
    )
    select array_agg(id order by tier, rank desc, id) as ids from found`)
  return row?.ids ?? []
}
