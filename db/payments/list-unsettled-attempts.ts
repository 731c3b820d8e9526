import 'server-only'
import { asc, lt } from 'drizzle-orm'
import { db } from '../client.ts'
import { paymentAttempts } from './schema.ts'

/** Ids of attempts whose query was due before `before`, the longest overdue first, at most `limit`. */
export async function listUnsettledAttempts(before: Date, limit = 100): Promise<string[]> {
  const rows = await db
    .select({ id: paymentAttempts.id })
    .from(paymentAttempts)
    .where(lt(paymentAttempts.nextQueryAt, before))
    .orderBy(asc(paymentAttempts.nextQueryAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}
