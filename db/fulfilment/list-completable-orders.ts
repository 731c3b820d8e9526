import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '../client.ts'

/**
 * Ids of orders whose last parcel arrived before `before`, and of which nobody asks anything back; at most `limit`.
 * Walks the index `orders_delivered`.
 */
export async function listCompletableOrders(before: Date, limit = 200): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select id from orders
    where state = 'confirmed' and fulfilment = 'delivered'
      and (select max(delivered_at) from parcels where order_id = orders.id) < ${before.toISOString()}::timestamptz
      and not exists (
        select from refund_requests
        where order_id = orders.id and state in ('requested', 'approved', 'goods_received', 'refunding'))
    limit ${limit}`)
  return rows.map(({ id }) => id)
}
