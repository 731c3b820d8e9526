import { sql } from '#db/client.ts'

/** Surnames as common in China as they are in the list: the first ones come often. */
const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾萧田董潘袁蔡蒋余'
const GIVEN = '薇伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰建国文斌晨曦雨欣子涵梓轩浩然思源'
const LATIN = ['Claire', 'Jean', 'Zoë', 'Emma', 'Oliver', 'Amélie', 'Noah', 'Chloé', 'Lucas', 'Inès', 'Hugo', 'Maya']
const FAMILY = ['Martin', 'Bernard', 'Dubois', 'Smith', 'Jones', 'Müller', 'Garcia', 'Ångström', 'Lefèvre', 'Walker']

export type GeneratedOrders = {
  readonly count: number
  /** The newest is placed now, the others evenly over this time. */
  readonly days: number
}

/**
 * Fills the shop with orders as an office has them, a million in a few minutes: one to three lines each, nine of ten
 * Chinese names, every state, each provider, refunds. Straight into the tables and without triggers, so the user must
 * be a superuser; figures and seals are not made. Order n has the telephone `+86139` + n in eight digits, the e-mail
 * `buyer<n>@example.com` and the provider's number `20261121` + n in twenty digits.
 */
export async function generateOrders({ count, days }: GeneratedOrders): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`
    await tx`set local session_replication_role = replica`
    await tx`
      create temporary table made on commit drop as
      select n, gen_random_uuid() as order_id, gen_random_uuid() as payment_id, gen_random_uuid() as attempt_id,
        ${days}::float8 * interval '1 day' * n / ${count}::float8 as age,
        -- Of a hundred: five expired, two cancelled, one not paid yet where it is young enough, the rest paid.
        case when n % 20 = 7 then 'expired' when n % 50 = 3 then 'cancelled' when n < 30 and n % 3 = 0
          then 'pending_payment' when n * ${days}::float8 / ${count}::float8 > 21 then 'completed' else 'confirmed'
        end as state,
        (array['alipay', 'wechatpay', 'unionpay'])[1 + (n % 10) / 5 + (n % 10) / 9] as provider,
        1 + n % 3 as lines, (hashint4(n) & 2147483647) as chance
      from generate_series(1, ${count}::int) as n`
    await tx`
      create temporary table placed on commit drop as
      select made.*, date_trunc('milliseconds', now() - age) as at, sums.goods,
        to_char(now() - age, 'YYMMDD') || translate(upper(substr(md5(n::text), 1, 13)), '01258B', 'GHJKMN') as number
      from made
      cross join lateral (
        select sum(v.price_fen) as goods from generate_series(0, lines - 1) as line
        join (select price_fen, row_number() over (order by id) - 1 as place, count(*) over () as many from variants) v
          on v.place = (chance + line * 7) % v.many
      ) as sums`
    await tx`
      insert into orders (id, number, request_hash, input_hash, locale, state, fulfilment, email, phone, shipping_method,
        subtotal_fen, discount_fen, shipping_fen, total_fen, placed_at, expires_at)
      select order_id, number, sha256(('r' || n)::bytea), sha256('i'::bytea),
        case when n % 10 = 0 then 'fr' when n % 10 = 5 then 'en' else 'zh' end, state,
        case when state = 'completed' then 'delivered' when state <> 'confirmed' or age < interval '2 days'
          then 'unfulfilled' when n % 40 = 9 then 'partial' when age < interval '5 days' then 'shipped' else 'delivered' end,
        'buyer' || n || '@example.com', '+86139' || lpad(n::text, 8, '0'), 'standard', goods, 0, 1200, goods + 1200, at,
        at + interval '30 minutes'
      from placed`
    await tx`
      insert into order_addresses (order_id, recipient, phone, country, region, city, district, street, postcode)
      select order_id, case when n % 10 = 0
          then (${LATIN}::text[])[1 + chance % ${LATIN.length}] || ' ' || (${FAMILY}::text[])[1 + chance / 16 % ${FAMILY.length}]
          else substr(${SURNAMES}, 1 + (power(chance % 1000 / 1000.0, 2) * ${SURNAMES.length})::int % ${SURNAMES.length}, 1)
            || substr(${GIVEN}, 1 + chance / 1000 % ${GIVEN.length}, 1)
            || case when n % 2 = 0 then substr(${GIVEN}, 1 + chance / 64000 % ${GIVEN.length}, 1) else '' end
        end, '+86139' || lpad(n::text, 8, '0'), 'CN', '浙江省', '杭州市', '西湖区', '龙井路 ' || n || ' 号', '310013'
      from placed`
    await tx`
      insert into order_lines (order_id, position, variant_id, sku, product_slug, variant_slug, name, options, image,
        unit_price_fen, quantity)
      select order_id, line, v.id, v.sku, v.product_slug, v.slug, v.name, v.options, v.image, v.price_fen, 1
      from placed cross join lateral generate_series(0, lines - 1) as line
      join (
        select variants.*, products.slug as product_slug, products.name, row_number() over (order by variants.id) - 1
          as place, count(*) over () as many from variants join products on products.id = variants.product_id
      ) v on v.place = (chance + line * 7) % v.many
      on conflict do nothing`
    await tx`
      insert into payments (id, order_id, amount_fen, captured_fen, refunded_fen, state, paid_at)
      select payment_id, order_id, total, case when paid then total else 0 end, case when paid and n % 33 = 0 then total
          else 0 end, case when not paid then 'unpaid' when n % 33 = 0 then 'refunded' else 'paid' end,
        case when paid then at + interval '3 minutes' end
      from placed cross join lateral (select goods + 1200 as total, state in ('confirmed', 'completed') as paid) as sums`
    await tx`
      insert into payment_attempts (id, payment_id, sequence, provider, scene, out_trade_no, amount_fen, currency, state,
        provider_trade_no, started_at, expires_at, paid_at)
      select attempt_id, payment_id, 1, provider, 'qr', number || '01', goods + 1200, 'CNY',
        case when paid then 'succeeded' else 'expired' end, case when paid then '20261121' || lpad(n::text, 20, '0') end,
        at + interval '1 minute', at + interval '30 minutes', case when paid then at + interval '3 minutes' end
      from placed cross join lateral (select state in ('confirmed', 'completed') as paid) as sums`
    await tx`
      insert into order_events (order_id, axis, event, to_state, actor, at)
      select order_id, 'order', 'placed', 'pending_payment', 'shopper', at from placed
      union all
      select order_id, 'payment', 'captured', 'succeeded', 'provider:' || provider, at + interval '3 minutes' from placed
      where state in ('confirmed', 'completed')`
    await tx`
      insert into refund_requests (id, order_id, attempt_id, cause, state, amount_fen, goods_fen, discount_fen,
        shipping_fen, restock, actor, input_hash, requested_at)
      select gen_random_uuid(), order_id, attempt_id, 'staff', case when n < 2000 then 'requested' else 'refunded' end,
        goods + 1200, goods, 0, 1200, false, 'staff:bench', sha256('i'::bytea), at + interval '1 day'
      from placed where n % 33 = 0 and state in ('confirmed', 'completed')`
  })
  await sql`analyze`
  await sql`vacuum orders, order_addresses, order_lines, payments, payment_attempts, order_events, refund_requests`
}
