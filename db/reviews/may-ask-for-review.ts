import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '../client.ts'

/**
 * Whether the customer of an order is asked what they think of its pieces: all of it has arrived, they have an account
 * to write in, nothing of it was asked or given back, and of one piece at least they have not written yet.
 */
export async function mayAskForReview(orderId: string): Promise<boolean> {
  const [row] = await db.execute<{ may: boolean }>(sql`
    select exists (
      select from orders
      join order_lines on order_lines.order_id = orders.id
      join variants on variants.id = order_lines.variant_id
      where orders.id = ${orderId}::uuid and orders.account_id is not null and orders.fulfilment = 'delivered'
        and not exists (
          select from refund_requests
          where refund_requests.order_id = orders.id and state not in ('declined', 'withdrawn'))
        and not exists (
          select from reviews
          where reviews.account_id = orders.account_id and reviews.product_id = variants.product_id)) as may`)
  return row?.may ?? false
}
