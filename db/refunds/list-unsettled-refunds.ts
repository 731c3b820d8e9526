import 'server-only'
import { and, asc, eq, isNull, lt } from 'drizzle-orm'
import { db } from '../client.ts'
import { refundsDue } from '../payments/schema.ts'
import { refundRequests, refunds } from './schema.ts'

/** Ids of refunds that should have been looked at before `before`, the longest overdue first, at most `limit`. */
export async function listUnsettledRefunds(before: Date, limit = 100): Promise<string[]> {
  const rows = await db
    .select({ id: refunds.id })
    .from(refunds)
    .where(lt(refunds.nextCheckAt, before))
    .orderBy(asc(refunds.nextCheckAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Ids of claims from before `before` whose refund was not started, the oldest first, at most `limit`. */
export async function listUnstartedDues(before: Date, limit = 100): Promise<string[]> {
  const rows = await db
    .select({ id: refundsDue.id })
    .from(refundsDue)
    .leftJoin(refundRequests, eq(refundRequests.refundDueId, refundsDue.id))
    .where(and(isNull(refundRequests.id), lt(refundsDue.createdAt, before)))
    .orderBy(asc(refundsDue.createdAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}
