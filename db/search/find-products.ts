import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { productSearch } from './schema.ts'

/**
 * How many pieces a search looks at. A question that has more answers is too vague for their order to mean much, and
 * weighing them all would cost more the larger the catalogue is.
 */
export const FOUND_MAX = 1000

/** Of D, C, B, A: a name counts more than any number of mentions. */
const WEIGHTS = sql`'{0.02, 0.05, 0.3, 1}'::real[]`

/**
 * The ids of pieces whose texts answer a `tsquery`, best first, `FOUND_MAX` at most. Those that have all of it in their
 * heading are looked at first, so that a vague word does not fill the list with pieces that merely mention it.
 */
export async function findProducts(query: SQL, language: Locale): Promise<number[]> {
  const { productId, locale, heading, document } = productSearch
  const candidates = (column: typeof heading | typeof document) => sql`
    select ${productId} as id, ts_rank(${WEIGHTS}, ${document}, asked.query, 1) as rank
    from ${productSearch}, asked
    where ${locale} = ${language}::text and ${column} @@ asked.query
    limit ${FOUND_MAX}`
  const [row] = await db.execute<{ ids: number[] | null }>(sql`
    with asked as materialized (select ${query} as query),
    found as ((${candidates(heading)}) union (${candidates(document)}))
    select array_agg(id order by rank desc, id) as ids from found`)
  return row?.ids?.slice(0, FOUND_MAX) ?? []
}
