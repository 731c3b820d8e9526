import 'server-only'
import { productTag } from '#lib/domain/cache-tags.ts'
import { ZERO_FEN } from '#lib/domain/money.ts'
import type { OrderNumber } from '#lib/domain/order-number.ts'
import { LOW_STOCK_UNITS } from '#lib/domain/stock-band.ts'
import { sql } from '../client.ts'
import { INVALIDATIONS_CHANNEL } from '../invalidations/channel.ts'
import { insertJobs } from '../jobs/insert-jobs.ts'
import type { PlaceOrder } from './order-input.ts'
import type { Quote, UsedCoupon } from './quote-order.ts'

export type NewOrder = Omit<Quote, 'changes'> & {
  readonly input: PlaceOrder
  readonly number: OrderNumber
  readonly requestHash: Buffer
  readonly inputHash: Buffer
  readonly secretHash: Buffer
  readonly placedAt: Date
  readonly expiresAt: Date
  /** When the shopper is reminded, before `expiresAt`. */
  readonly remindAt: Date
}

/**
 * Places the order in one statement: all of it, or nothing where stock or prices moved since they were read, or where
 * the request has its order already. Stock is locked by variant id ascending and for this one round trip only, which is
 * what lets hundreds of orders a second share one piece. A step that takes units only can change what pages say about
 * stock when few are left after it (`bandChanges`).
 * @returns the order's id, or null when nothing was written.
 * @throws a unique violation in the unlikely case that the number is taken, and a check violation
 * (`coupons_within_limit`, `coupon_customers_within_limit`) when others used the coupon up since it was read.
 */
export async function writeOrder(order: NewOrder): Promise<string | null> {
  const { input, totals, coupon } = order
  const { address, contact } = input
  const lines = input.lines.map((line, position) => ({
    position,
    variant_id: line.variantId,
    quantity: line.quantity,
    unit_price_fen: line.priceSeen.toString(),
    discount_fen: (order.discounts[position] ?? ZERO_FEN).toString(),
  }))
  const [written] = await sql<{ id: string | null }[]>`
    with line as materialized (
      select * from json_to_recordset(${JSON.stringify(lines)}::text::json)
        as line (position int, variant_id int, quantity int, unit_price_fen bigint, discount_fen bigint)
    ), offered as materialized (
      select line.*, variants.sku, variants.slug as variant_slug, variants.options, variants.image,
        products.slug as product_slug, products.name
      from line
      join variants on variants.id = line.variant_id and variants.price_fen = line.unit_price_fen and variants.offered
      join products on products.id = variants.product_id and products.published
    ), free as materialized (
      select stock.variant_id, stock.on_hand - stock.held as units
      from stock where stock.variant_id in (select variant_id from line)
      order by stock.variant_id for update
    ), placed as (
      insert into orders (
        number, account_id, request_hash, input_hash, locale, email, phone, shipping_method, coupon_code,
        subtotal_fen, discount_fen, shipping_fen, total_fen, placed_at, expires_at
      )
      select ${order.number}, ${input.accountId}::uuid, ${order.requestHash}, ${order.inputHash}, ${input.locale}, ${contact.email},
        ${contact.phone}, ${input.shipping.method}, ${coupon?.code ?? null}, ${totals.subtotal.toString()}::bigint,
        ${totals.discount.toString()}::bigint, ${totals.shipping.toString()}::bigint,
        ${totals.total.toString()}::bigint, ${order.placedAt.toISOString()}::timestamptz,
        ${order.expiresAt.toISOString()}::timestamptz
      where (select count(*) from offered) = ${lines.length}::int
        and (select count(*) from line join free using (variant_id) where units >= quantity) = ${lines.length}::int
        ${coupon ? asItWasRead(coupon) : sql``}
      on conflict (request_hash) do nothing
      returning id, state, total_fen, placed_at, expires_at
    ), held as (
      update stock set held = stock.held + line.quantity
      from line where stock.variant_id = line.variant_id and exists (select from placed)
      returning stock.variant_id, stock.on_hand - stock.held as units
    ), lines_written as (
      insert into order_lines (
        order_id, position, variant_id, sku, product_slug, variant_slug, name, options, image, unit_price_fen, quantity,
        discount_fen
      )
      select placed.id, position, variant_id, sku, product_slug, variant_slug, name, options, image, unit_price_fen,
        quantity, discount_fen
      from offered cross join placed
    ), address_written as (
      insert into order_addresses (
        order_id, recipient, phone, country, region, city, district, street, street2, postcode
      )
      select id, ${address.recipient}, ${address.phone}, ${address.country}, ${address.region}, ${address.city},
        ${address.district}, ${address.street}, ${address.street2}, ${address.postcode}
      from placed
    ), link_written as (
      insert into order_links (secret_hash, order_id) select ${order.secretHash}, id from placed
    ), payment_written as (
      insert into payments (order_id, amount_fen) select id, total_fen from placed
    ), event_written as (
      insert into order_events (order_id, axis, event, to_state, actor, at)
      select id, 'order', 'placed', state, 'shopper', placed_at from placed
    ), ${coupon ? couponSteps(coupon) : sql``} job as (
      select 'expire-order' as name, jsonb_build_object('orderId', id) as data, expires_at as start_after from placed
      union all
      select 'send-order-mail', jsonb_build_object('orderId', id, 'kind', 'order_placed'), placed_at from placed
      union all
      select 'send-order-mail', jsonb_build_object('orderId', id, 'kind', 'order_expiring'),
        ${order.remindAt.toISOString()}::timestamptz
      from placed
    ), jobs_written as (
      ${insertJobs()}
    ), cart_emptied as (
      delete from cart_lines using line
      where cart_lines.cart = ${input.cart} and cart_lines.variant_id = line.variant_id and exists (select from placed)
    ), draft_removed as (
      delete from checkout_drafts where cart = ${input.cart} and exists (select from placed)
    ), stale as (
      insert into cache_invalidations (tag, invalidated_at)
      select distinct ${productTag('')} || product_slug, clock_timestamp()
      from held join offered using (variant_id) where held.units <= ${LOW_STOCK_UNITS}
      order by 1
      on conflict (tag) do update set invalidated_at = excluded.invalidated_at
      returning tag
    )
    select (select id from placed) as id,
      case when exists (select from stale) then pg_notify(${INVALIDATIONS_CHANNEL}, '') end as announced`
  return written?.id ?? null
}

const asItWasRead = ({ row }: UsedCoupon) => sql`
  and exists (select from coupons where id = ${row.id} and version = ${row.version})`

/**
 * Counts the use. It comes after the order, which locks the stock: everybody locks in this order. Where a limit is passed
 * its check fails the statement, so that nothing is written at all.
 */
const couponSteps = ({ row, discount, shipping }: UsedCoupon) => sql`
  coupon as (
    update coupons set uses = coupons.uses + 1 where id = ${row.id} and exists (select from placed)
    returning id, uses_per_customer
  ), customers_counted as (
    insert into coupon_customers (coupon_id, customer, uses, at_most)
    select coupon.id, customer, 1, uses_per_customer from coupon, unnest(${[...row.customers]}::text[]) as customer
    order by customer
    on conflict (coupon_id, customer)
      do update set uses = coupon_customers.uses + 1, at_most = excluded.at_most
  ), use_written as (
    insert into coupon_uses (order_id, coupon_id, customers, discount_fen, shipping_fen, taken_at)
    select placed.id, coupon.id, ${[...row.customers]}::text[], ${discount.toString()}::bigint,
      ${shipping.toString()}::bigint, placed_at
    from placed, coupon
  ),`
