import 'server-only'
import { and, inArray, lt } from 'drizzle-orm'
import { EXPORT_GIVEN_UP_MS, EXPORT_KEPT_MS } from '#lib/domain/order-export.ts'
import { db } from '../client.ts'
import { orderExports } from './schema.ts'

/** Removes files with their pieces a day after they were asked for, and gives up those that were not written by now. */
export async function removeOldExports(now: Date): Promise<{ removed: number; givenUp: number }> {
  const ago = (ms: number) => new Date(now.getTime() - ms)
  const removed = await db.delete(orderExports).where(lt(orderExports.askedAt, ago(EXPORT_KEPT_MS)))
  const givenUp = await db
    .update(orderExports)
    .set({ state: 'failed', endedAt: now })
    .where(and(inArray(orderExports.state, ['waiting', 'writing']), lt(orderExports.askedAt, ago(EXPORT_GIVEN_UP_MS))))
  return { removed: removed.count, givenUp: givenUp.count }
}
