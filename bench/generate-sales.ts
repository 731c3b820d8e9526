import { sql } from '#db/client.ts'

export type GeneratedSales = {
  readonly count: number
  /** The orders are spread over so many days up to now. */
  readonly days: number
}

/**
 * Fills the shop with what figures are made of: orders with lines, attempts of every way and end, payments, refunds and
 * movements of stock, more of them in the evening, on Sundays and in the autumn. A million in some minutes, straight
 * into the tables and without triggers, so the user must be a superuser; ledger and seals are not made.
 */
export async function generateSales({ count, days }: GeneratedSales): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`
    await tx`set local session_replication_role = replica`
    await tx`set local work_mem = '128MB'`
    await tx`
      create temporary table made on commit drop as
      select n, gen_random_uuid() as order_id, gen_random_uuid() as payment_id, gen_random_uuid() as attempt_id,
        gen_random_uuid() as first_try, h, (h % 100) as chance,
        -- Two draws of three land in the evening; a wave over the year and one over the week move the day.
        least(now() - interval '5 minutes',
          date_trunc('day', now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'
            - (floor(${days}::float8 * (n + 0.35 * ${count}::float8 * sin(n * 6.283 / ${count}::float8) / 6.283)
              / ${count}::float8) * interval '1 day')
            + (case when h % 3 = 0 then h % 86400 else 36000 + (h % 46800) end) * interval '1 second') as at
      from (select n, hashint4(n) & 2147483647 as h from generate_series(1, ${count}::int) as n) as numbered`
    await tx`
      create temporary table placed on commit drop as
      select made.*, 'B' || lpad(n::text, 12, '0') as number, 1 + n % 3 as lines, goods,
        case when chance < 70 then 0 else goods / 10 end as discount,
        case when chance < 84 then 'confirmed' when chance < 95 then 'expired' else 'cancelled' end as state,
        chance < 84 as paid,
        (array['alipay', 'wechatpay', 'wechatpay', 'unionpay'])[1 + (h / 7) % 4] as provider
      from made cross join lateral (
        select sum(v.price_fen)::bigint as goods from generate_series(0, n % 3) as line
        join (select price_fen, row_number() over (order by id) - 1 as place, count(*) over () as many from variants) v
          on v.place = (h + line * 7) % v.many
      ) as sums`
    await tx`
      insert into orders (id, number, request_hash, input_hash, locale, state, fulfilment, email, phone, shipping_method,
        subtotal_fen, discount_fen, shipping_fen, total_fen, placed_at, expires_at)
      select order_id, number, sha256(('s' || n)::bytea), sha256('i'::bytea), 'zh', state,
        case when paid and at < now() - interval '3 days' then 'shipped' else 'unfulfilled' end,
        'buyer' || n || '@example.com', '+86139' || lpad(n::text, 8, '0'), 'standard', goods, discount, 1200,
        goods - discount + 1200, at, at + interval '30 minutes'
      from placed order by at`
    await tx`
      insert into order_lines (order_id, position, variant_id, sku, product_slug, variant_slug, name, options, image,
        unit_price_fen, quantity)
      select order_id, line, v.id, v.sku, v.product_slug, v.slug, v.name, v.options, v.image, v.price_fen, 1
      from placed cross join lateral generate_series(0, lines - 1) as line
      join (
        select variants.*, products.slug as product_slug, products.name, row_number() over (order by variants.id) - 1
          as place, count(*) over () as many from variants join products on products.id = variants.product_id
      ) v on v.place = (h + line * 7) % v.many
      on conflict do nothing`
    await tx`
      insert into payments (id, order_id, amount_fen, captured_fen, state, paid_at)
      select payment_id, order_id, goods - discount + 1200, case when paid then goods - discount + 1200 else 0 end,
        case when paid then 'paid' else 'unpaid' end, case when paid then at + interval '3 minutes' end
      from placed`
    // Every fifth buyer tries another way first, which comes to nothing.
    await tx`
      insert into payment_attempts (id, payment_id, sequence, provider, scene, out_trade_no, amount_fen, currency, state,
        provider_trade_no, started_at, expires_at, paid_at)
      select first_try, payment_id, 1, 'alipay', 'page', number || 'X', goods - discount + 1200, 'CNY',
        (array['closed', 'failed', 'closed', 'expired'])[1 + h % 4], null, at + interval '20 seconds',
        at + interval '30 minutes', null
      from placed where n % 5 = 0
      union all
      select attempt_id, payment_id, 2, provider,
        (array['qr', 'wap', 'page'])[1 + h % 3], number || '01', goods - discount + 1200, 'CNY',
        case when paid then 'succeeded' when chance % 2 = 0 then 'expired' else 'closed' end,
        case when paid then 'T' || number end, at + interval '1 minute', at + interval '30 minutes',
        case when paid then at + interval '3 minutes' end
      from placed order by 11`
    await tx`
      insert into payment_events (provider, event_id, attempt_id, source, outcome, provider_trade_no, amount_fen,
        currency, occurred_at, recorded_at)
      select provider, 'paid:' || number, attempt_id, case when h % 90 = 0 then 'query' else 'notify' end, 'captured',
        'T' || number, goods - discount + 1200, 'CNY', at + interval '3 minutes', at + interval '181 seconds'
      from placed where paid order by at`
    await tx`
      create temporary table given_back on commit drop as
      select *, gen_random_uuid() as request_id, number || '01R01' as refund_no,
        least(at + interval '4 days', now() - interval '1 minute') as back_at
      from placed where paid and n % 29 = 0`
    await tx`
      insert into refund_requests (id, order_id, attempt_id, cause, state, amount_fen, goods_fen, discount_fen,
        shipping_fen, restock, actor, input_hash, requested_at)
      select request_id, order_id, attempt_id, 'staff', 'refunded', goods - discount + 1200, goods - discount + 1200, 0, 0,
        true, 'staff:bench', sha256('i'::bytea), back_at
      from given_back`
    await tx`
      insert into refund_lines (request_id, order_id, position, quantity, restocked)
      select request_id, order_id, 0, 1, true from given_back`
    await tx`
      insert into refunds (request_id, attempt_id, sequence, refund_no, amount_fen, currency, state, requested_at,
        sent_at, refunded_at)
      select request_id, attempt_id, 1, refund_no, goods - discount + 1200, 'CNY', 'succeeded', back_at, back_at, back_at
      from given_back`
    await tx`
      insert into payment_events (provider, event_id, attempt_id, source, outcome, provider_trade_no, amount_fen,
        currency, occurred_at, recorded_at)
      select provider, 'refund:' || refund_no, attempt_id, 'answer', 'refunded', 'T' || number, goods - discount + 1200,
        'CNY', back_at, back_at
      from given_back order by back_at`
    await tx`
      insert into stock_movements (variant_id, quantity, reason, actor, order_id, at)
      select variant_id, -1, 'sold', 'system', order_id, at + interval '3 minutes'
      from placed join order_lines using (order_id) where paid order by at`
    await tx`
      insert into carts (token_hash, created_at, updated_at)
      select sha256(('cart' || n)::bytea), at - interval '10 minutes', at
      from placed where at > now() - interval '59 days'
      union all
      select sha256(('left' || n)::bytea), at - interval '1 hour', at
      from placed where at > now() - interval '59 days' and n % 2 = 0`
  })
  await sql`analyze`
}
