import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '../client.ts'
import { carts } from './schema.ts'

/** Small enough that no shopper waits for the locks of one batch. */
const BATCH = 500

/** Removes carts with their lines that nobody touched since `before`, skipping one that is in use right now. */
export async function purgeCarts(before: Date): Promise<number> {
  let purged = 0
  for (;;) {
    const removed = await db.execute(sql`
      delete from ${carts} where token_hash in (
        select token_hash from ${carts} where updated_at < ${before.toISOString()}::timestamptz
        order by updated_at limit ${BATCH} for update skip locked
      )`)
    purged += removed.count
    if (removed.count < BATCH) return purged
  }
}
