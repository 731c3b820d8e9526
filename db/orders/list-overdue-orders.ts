import 'server-only'
import { and, asc, eq, lt } from 'drizzle-orm'
import { db } from '../client.ts'
import { orders } from './schema.ts'

/** Ids of orders that should have expired before `before`, the longest overdue first, at most `limit`. */
export async function listOverdueOrders(before: Date, limit = 100): Promise<string[]> {
  const rows = await db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.state, 'pending_payment'), lt(orders.expiresAt, before)))
    .orderBy(asc(orders.expiresAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}
