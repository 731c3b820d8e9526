import 'server-only'
import { lt } from 'drizzle-orm'
import { db } from '../client.ts'
import { cacheInvalidations } from './schema.ts'

/** Removes what was invalidated before `before`, and tells how many rows that were. */
export async function pruneInvalidations(before: Date): Promise<number> {
  const removed = await db.delete(cacheInvalidations).where(lt(cacheInvalidations.invalidatedAt, before))
  return removed.count
}
