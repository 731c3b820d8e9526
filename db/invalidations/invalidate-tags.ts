import 'server-only'
import { sql } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { INVALIDATIONS_CHANNEL } from './channel.ts'
import { cacheInvalidations } from './schema.ts'

/**
 * Makes every web process render anew what carries one of the tags, once the transaction commits. Rows are written in
 * the order of their tags, so that two changes never wait for each other in a ring. No tags: nothing happens.
 */
export async function invalidateTags(tx: Transaction, tags: Iterable<string>): Promise<void> {
  const rows = [...new Set(tags)].sort().map((tag) => ({ tag, invalidatedAt: sql`clock_timestamp()` }))
  if (rows.length === 0) return
  await tx
    .insert(cacheInvalidations)
    .values(rows)
    .onConflictDoUpdate({ target: cacheInvalidations.tag, set: { invalidatedAt: sql`excluded.invalidated_at` } })
  await tx.execute(sql`select pg_notify(${INVALIDATIONS_CHANNEL}, '')`)
}
