import type { TransactionSql } from 'postgres'
import { sql } from '#db/client.ts'
import { withoutIndexes } from './without-indexes.ts'

/** Surnames as common in China as they are in the list: the first ones come often. */
const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾萧田董潘袁蔡蒋余'
const GIVEN = '薇伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建国文斌晨曦雨欣子涵梓轩浩然思源'
const LATIN = ['Claire', 'Jean', 'Zoë', 'Emma', 'Oliver', 'Amélie', 'Noah', 'Chloé', 'Lucas', 'Inès', 'Hugo', 'Maya']
const FAMILY = ['Martin', 'Bernard', 'Dubois', 'Smith', 'Jones', 'Müller', 'Garcia', 'Ångström', 'Lefèvre', 'Walker']

const FILLED = [
  ...['orders', 'order_addresses', 'order_lines', 'order_events', 'payments', 'payment_attempts', 'payment_events'],
  ...['refund_requests', 'refund_lines', 'refunds', 'stock_movements', 'carts'],
]

export type GeneratedOrders = {
  readonly count: number
  /** The orders are spread over so many days up to now. */
  readonly days: number
}

/**
 * Fills a shop with what an office and its figures have: orders in every state with lines and addresses, nine of ten
 * with Chinese names, attempts of every way and end, payments, refunds, movements of stock and carts, more of them in
 * the evening, on Sundays and in the autumn. A million in some minutes, straight into the tables and without triggers,
 * so the user must be a superuser; ledger and seals are not made. Order n has the telephone `+86139` + n in eight
 * digits, the e-mail `buyer<n>@example.com` and the provider's number `20261121` + n in twenty digits.
 */
export async function generateOrders(wanted: GeneratedOrders): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`
    await tx`set local session_replication_role = replica`
    await tx`set local work_mem = '128MB'`
    await tx`set local maintenance_work_mem = '256MB'`
    await tx`set local synchronous_commit = off`
    await drawOrders(tx, wanted)
    await withoutIndexes(tx, FILLED, async () => {
      await writeOrders(tx)
      await writePayments(tx)
      await writeRefunds(tx)
      await writeTraces(tx)
    })
  })
  await sql.begin((tx) => [tx`set local statement_timeout = 0`, tx`analyze`])
}

/** What each order is, before it is written: the tables `placed` and `given_back` of this transaction. */
async function drawOrders(tx: TransactionSql, { count, days }: GeneratedOrders): Promise<void> {
  await tx`
    create temporary table made on commit drop as
    select n, gen_random_uuid() as order_id, gen_random_uuid() as payment_id, gen_random_uuid() as attempt_id,
      gen_random_uuid() as first_try, h, (h % 100) as chance,
      -- Two draws of three land in the evening; a wave over the year and one over the week move the day.
      least(now() - n * interval '1 second',
        date_trunc('day', now() at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai'
          - (floor(${days}::float8 * (n + 0.35 * ${count}::float8 * sin(n * 6.283 / ${count}::float8) / 6.283)
            / ${count}::float8) * interval '1 day')
          + (case when h % 3 = 0 then h % 86400 else 36000 + (h % 46800) end) * interval '1 second') as at
    from (select n, hashint4(n) & 2147483647 as h from generate_series(1, ${count}::int) as n) as numbered`
  await tx`
    create temporary table placed on commit drop as
    select made.*, 1 + n % 3 as lines, goods, chance < 84 as paid,
      to_char(at, 'YYMMDD') || translate(upper(substr(md5(n::text), 1, 13)), '01258B', 'GHJKMN') as number,
      case when chance < 70 then 0 else goods / 10 end as discount,
      case when chance < 84 then case when at < now() - interval '21 days' then 'completed' else 'confirmed' end
        when at > now() - interval '30 minutes' then 'pending_payment'
        when chance < 95 then 'expired' else 'cancelled' end as state,
      (array['alipay', 'wechatpay', 'wechatpay', 'unionpay'])[1 + (h / 7) % 4] as provider
    from made cross join lateral (
      select sum(v.price_fen)::bigint as goods from generate_series(0, n % 3) as line
      join (select price_fen, row_number() over (order by id) - 1 as place, count(*) over () as many from variants) v
        on v.place = (h + line * 7) % v.many
    ) as sums`
  await tx`
    create temporary table given_back on commit drop as
    select *, gen_random_uuid() as request_id, number || '01R01' as refund_no,
      least(at + interval '4 days', now() - interval '1 minute') as back_at
    from placed where paid and n % 29 = 0`
}

async function writeOrders(tx: TransactionSql): Promise<void> {
  await tx`
    insert into orders (id, number, request_hash, input_hash, locale, state, fulfilment, email, phone, shipping_method,
      subtotal_fen, discount_fen, shipping_fen, total_fen, placed_at, expires_at)
    select order_id, number, sha256(('r' || n)::bytea), sha256('i'::bytea),
      case when n % 10 = 0 then 'fr' when n % 10 = 5 then 'en' else 'zh' end, state,
      case when state = 'completed' then 'delivered' when state <> 'confirmed' or at > now() - interval '2 days'
        then 'unfulfilled' when n % 40 = 9 then 'partial' when at > now() - interval '5 days' then 'shipped'
        else 'delivered' end,
      'buyer' || n || '@example.com', '+86139' || lpad(n::text, 8, '0'), 'standard', goods, discount, 1200,
      goods - discount + 1200, at, at + interval '30 minutes'
    from placed order by at`
  await tx`
    insert into order_addresses (order_id, recipient, phone, country, region, city, district, street, postcode)
    select order_id, case when n % 10 = 0
        then (${LATIN}::text[])[1 + h % ${LATIN.length}] || ' ' || (${FAMILY}::text[])[1 + h / 16 % ${FAMILY.length}]
        else substr(${SURNAMES}, 1 + (power(h % 1000 / 1000.0, 2) * ${SURNAMES.length})::int % ${SURNAMES.length}, 1)
          || substr(${GIVEN}, 1 + h / 1000 % ${GIVEN.length}, 1)
          || case when n % 2 = 0 then substr(${GIVEN}, 1 + h / 64000 % ${GIVEN.length}, 1) else '' end
      end, '+86139' || lpad(n::text, 8, '0'), 'CN', '浙江省', '杭州市', '西湖区', '龙井路 ' || n || ' 号', '310013'
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
}

async function writePayments(tx: TransactionSql): Promise<void> {
  await tx`
    insert into payments (id, order_id, amount_fen, captured_fen, refunded_fen, state, paid_at)
    select payment_id, order_id, total, case when paid then total else 0 end, case when back then total else 0 end,
      case when back then 'refunded' when paid then 'paid' else 'unpaid' end,
      case when paid then at + interval '3 minutes' end
    from placed cross join lateral (select goods - discount + 1200 as total, paid and n % 29 = 0 as back) as sums`
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
      case when paid then '20261121' || lpad(n::text, 20, '0') end, at + interval '1 minute',
      at + interval '30 minutes', case when paid then at + interval '3 minutes' end
    from placed order by 11`
  await tx`
    insert into payment_events (provider, event_id, attempt_id, source, outcome, provider_trade_no, amount_fen,
      currency, occurred_at, recorded_at)
    select provider, 'paid:' || number, attempt_id, case when h % 90 = 0 then 'query' else 'notify' end, 'captured',
      '20261121' || lpad(n::text, 20, '0'), goods - discount + 1200, 'CNY', at + interval '3 minutes',
      at + interval '181 seconds'
    from placed where paid order by at`
}

async function writeRefunds(tx: TransactionSql): Promise<void> {
  await tx`
    insert into refund_requests (id, order_id, attempt_id, cause, state, amount_fen, goods_fen, discount_fen,
      shipping_fen, restock, actor, input_hash, requested_at)
    select request_id, order_id, attempt_id, 'staff', 'refunded', goods - discount + 1200, goods - discount + 1200, 0, 0,
      true, 'staff:bench', sha256('i'::bytea), back_at
    from given_back
    union all
    select gen_random_uuid(), order_id, attempt_id, 'shopper', 'requested', goods - discount, goods - discount, 0, 0,
      true, 'shopper', sha256('i'::bytea), least(at + interval '1 day', now())
    from placed where paid and n < 4000 and n % 37 = 1`
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
    select provider, 'refund:' || refund_no, attempt_id, 'answer', 'refunded', '20261121' || lpad(n::text, 20, '0'),
      goods - discount + 1200, 'CNY', back_at, back_at
    from given_back order by back_at`
}

async function writeTraces(tx: TransactionSql): Promise<void> {
  await tx`
    insert into order_events (order_id, axis, event, to_state, actor, at)
    select order_id, 'order', 'placed', 'pending_payment', 'shopper', at from placed
    union all
    select order_id, 'payment', 'captured', 'succeeded', 'provider:' || provider, at + interval '3 minutes' from placed
    where paid`
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
}
