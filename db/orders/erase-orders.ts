import 'server-only'
import { sql } from 'drizzle-orm'
import { db } from '../client.ts'

const BATCH = 200

/** Where an erased order's mails would go: a name that no server ever has (RFC 2606). */
export const ERASED_EMAIL = 'erased@erased.invalid'

/**
 * Takes who and where out of orders whose account was deleted, once nothing is under way: neither the order nor money on
 * its way back. Number, lines, sums, payments and books stay. @returns how many orders.
 */
export async function eraseOrders(now: Date): Promise<number> {
  for (let erased = 0; ; ) {
    const batch = await db.execute(sql`
      with due as (
        select order_id from order_erasures join orders on orders.id = order_id
        where done_at is null and orders.state in ('cancelled', 'expired', 'completed')
          and not exists (
            select from refunds join refund_requests on refund_requests.id = refunds.request_id
            where refund_requests.order_id = orders.id and refunds.state in ('pending', 'processing', 'abnormal')
          )
        order by order_id limit ${BATCH} for update of order_erasures skip locked
      ), nameless as (
        update orders set email = ${ERASED_EMAIL}, phone = '' from due where orders.id = due.order_id
      ), placeless as (
        delete from order_addresses using due where order_addresses.order_id = due.order_id
        returning order_addresses.order_id, recipient
      ), unfound as (
        delete from order_terms using orders join placeless on placeless.order_id = orders.id
        where order_terms.order_id = orders.id and order_terms.placed_at = orders.placed_at
          and term = any (name_terms(recipient))
      ), closed as (
        delete from order_links using due where order_links.order_id = due.order_id
      )
      update order_erasures set done_at = ${now.toISOString()}::timestamptz from due
      where order_erasures.order_id = due.order_id`)
    erased += batch.count
    if (batch.count < BATCH) return erased
  }
}
