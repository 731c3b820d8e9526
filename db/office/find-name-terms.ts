import 'server-only'
import { sql } from 'drizzle-orm'
import { afterPrefix } from '#lib/domain/order-search.ts'
import { termOfName } from '#lib/domain/order-terms.ts'
import type { SearchQuery } from '#lib/domain/search-query.ts'
import { db } from '../client.ts'

const TERMS_AT_MOST = 200

/** The terms under which recipients of this name stand; null when so many begin like it that they say little. */
export async function findNameTerms(name: SearchQuery): Promise<readonly string[] | null> {
  const wanted = termOfName(name)
  if (!wanted) return []
  if ('term' in wanted) return [wanted.term]
  const { prefix } = wanted
  // From one term to the next by the index, whatever number of orders stands under each.
  const found = await db.execute<{ term: string }>(sql`
    with recursive known (term) as (
      select ${prefix}::text collate "C"
      union all
      select (select t.term from order_terms t where t.term > known.term and t.term < ${afterPrefix(prefix)}::text
        order by t.term limit 1)
      from known where known.term is not null
    )
    select term from known where term is not null limit ${TERMS_AT_MOST + 1}`)
  return found.length > TERMS_AT_MOST ? null : found.map(({ term }) => term)
}
