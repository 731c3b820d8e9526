import 'server-only'
import { sql } from 'drizzle-orm'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import type { ShippingMethod } from '#lib/domain/shipping-rates.ts'
import { db } from '../client.ts'

export type OrderToSend = {
  readonly id: string
  readonly number: OrderNumber
  readonly placedAt: Date
  readonly recipient: string
  readonly city: string
  readonly country: string
  readonly shippingMethod: ShippingMethod
  /** Units that can be packed by now. */
  readonly units: number
  /** Units that nobody packs, since the shopper asked not to be sent them and waits for an answer. */
  readonly askedBack: number
  readonly partial: boolean
}

/** The index `orders_to_send` and what stands in the way of single ones; in SQL, since the list ends with its page. */
const TO_SEND = sql`
  select orders.id, number, placed_at, fulfilment, shipping_method
  from orders join payments on payments.order_id = orders.id
  where orders.state = 'confirmed' and fulfilment in ('unfulfilled', 'partial') and payments.state <> 'review'
    and refunded_fen + refunding_fen < captured_fen
    and not exists (select from order_holds where order_id = orders.id and ended_at is null)`

/**
 * Orders that wait to be packed, the oldest first.
 * @param after the last one of the page before; `limit` at most, and whether more remain.
 */
export async function listOrdersToSend(
  _permit: Permit<'orders.ship'>,
  {
    after = null,
    limit = 50,
  }: { readonly after?: { placedAt: Date; id: string } | null; readonly limit?: number } = {},
): Promise<{ readonly orders: readonly OrderToSend[]; readonly more: boolean }> {
  const beyond = after
    ? sql`and (placed_at, orders.id) > (${after.placedAt.toISOString()}::timestamptz, ${after.id}::uuid)`
    : sql``
  const rows = await db.execute<Omit<OrderToSend, 'placedAt'> & { placedAt: string }>(sql`
    select page.id, page.number, page.placed_at as "placedAt", coalesce(recipient, '') as recipient,
      coalesce(city, '') as city, coalesce(country, '') as country, shipping_method as "shippingMethod",
      greatest(ordered - sent - held_back, 0)::int as units, asked_back::int as "askedBack",
      fulfilment = 'partial' as partial
    from (${TO_SEND} ${beyond} order by placed_at, orders.id limit ${limit + 1}) as page
    left join order_addresses on order_addresses.order_id = page.id
    cross join lateral (select sum(quantity) as ordered from order_lines where order_id = page.id) as lines
    cross join lateral (
      select coalesce(sum(quantity), 0) as sent
      from parcel_lines join parcels on parcels.id = parcel_id
      where parcel_lines.order_id = page.id and undone_at is null
    ) as gone
    cross join lateral (
      select coalesce(sum(unsent) filter (where state not in ('declined', 'withdrawn')), 0) as held_back,
        coalesce(sum(unsent) filter (where state in ('requested', 'approved')), 0) as asked_back
      from refund_lines join refund_requests on refund_requests.id = request_id where refund_lines.order_id = page.id
    ) as back
    order by page.placed_at, page.id`)
  const orders = rows.slice(0, limit).map((row) => ({ ...row, placedAt: new Date(row.placedAt) }))
  return { orders, more: rows.length > limit }
}

/** How many wait; counts at most `most`. */
export async function countOrdersToSend(_permit: Permit<'orders.ship'>, most = 1_000): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from (${TO_SEND} limit ${most}) as waiting`,
  )
  return row?.count ?? 0
}
