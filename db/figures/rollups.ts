/** One table of sums: its columns, the day first, and the rows that it must have. */
export type Rollup = {
  readonly columns: readonly string[]
  /**
   * The rows of a run of days, made from the books.
   * @param first an SQL expression of type date, as is `last`; both days are in.
   */
  readonly source: (first: string, last: string) => string
  /** The first day, in SQL, that can still be made from the books; without it, every day. */
  readonly since?: string
}

const ZONE = `'Asia/Shanghai'`
const dayOf = (instant: string) => `(${instant} at time zone ${ZONE})::date`
const startOf = (day: string) => `((${day})::timestamp at time zone ${ZONE})`
/** The database's own day: its clock decides when a day is over, and which change comes too late for it. */
export const TODAY = dayOf('now()')
/** Bounds of the instant itself, so that its index is used. */
const within = (instant: string, first: string, last: string) =>
  `${instant} >= ${startOf(first)} and ${instant} < ${startOf(`${last} + 1`)}`

/** So many days back a basket is surely still there: they are forgotten 60 days after the last touch. */
const CART_DAYS = 58

const count = (condition: string) => `count(*) filter (where ${condition})::int`
const sum = (amount: string) => `sum(${amount})::bigint`

/**
 * What each table of figures says, as a statement over the books. The same statement fills a table, makes it anew and
 * checks it, so that these cannot differ.
 */
export const ROLLUPS = {
  figure_sales: {
    columns: ['day', 'hour', 'provider', 'scene', 'orders', 'goods_fen', 'discount_fen', 'shipping_fen', 'paid_fen'],
    source: (first, last) => `
      select ${dayOf('occurred_at')} as day, extract(hour from occurred_at at time zone ${ZONE})::int as hour,
        payment_events.provider, scene, count(*)::int as orders, ${sum('subtotal_fen')} as goods_fen,
        ${sum('discount_fen')} as discount_fen, ${sum('shipping_fen')} as shipping_fen,
        ${sum('payment_events.amount_fen')} as paid_fen
      from payment_events
      join payment_attempts on payment_attempts.id = attempt_id
      join payments on payments.id = payment_id
      join orders on orders.id = order_id
      where outcome = 'captured' and ${within('occurred_at', first, last)}
      group by 1, 2, 3, 4`,
  },
  figure_products: {
    columns: ['day', 'product_id', 'sold_units', 'sold_fen', 'returned_units', 'returned_fen'],
    source: (first, last) => `
      select day, product_id, sum(sold)::int as sold_units, ${sum('sold * unit_price_fen')} as sold_fen,
        sum(returned)::int as returned_units, ${sum('returned * unit_price_fen')} as returned_fen
      from (
        select ${dayOf('occurred_at')}, variant_id, unit_price_fen, quantity, 0
        from payment_events
        join payment_attempts on payment_attempts.id = attempt_id
        join payments on payments.id = payment_id
        join order_lines using (order_id)
        where outcome = 'captured' and ${within('occurred_at', first, last)}
        union all
        select ${dayOf('occurred_at')}, variant_id, unit_price_fen, 0, refund_lines.quantity
        from payment_events
        join refunds on refund_no = substr(event_id, 8) and refunds.attempt_id = payment_events.attempt_id
        join refund_lines using (request_id)
        join order_lines using (order_id, position)
        where outcome = 'refunded' and ${within('occurred_at', first, last)}
      ) as moved (day, variant_id, unit_price_fen, sold, returned)
      join variants on variants.id = variant_id
      group by 1, 2`,
  },
  figure_attempts: {
    columns: [
      'day',
      'provider',
      'scene',
      'started',
      'succeeded',
      'failed',
      'closed',
      'expired',
      'disputed',
      'waiting',
      'pay_seconds',
    ],
    source: (first, last) => `
      select ${dayOf('started_at')} as day, provider, scene, count(*)::int as started,
        ${count(`state = 'succeeded'`)} as succeeded, ${count(`state = 'failed'`)} as failed,
        ${count(`state = 'closed'`)} as closed, ${count(`state = 'expired'`)} as expired,
        ${count(`state = 'mismatch'`)} as disputed,
        ${count(`state not in ('succeeded', 'failed', 'closed', 'expired', 'mismatch')`)} as waiting,
        coalesce(sum(greatest(extract(epoch from paid_at - started_at), 0)) filter (where state = 'succeeded'), 0)::bigint
          as pay_seconds
      from payment_attempts where ${within('started_at', first, last)}
      group by 1, 2, 3`,
  },
  figure_failures: {
    columns: ['day', 'provider', 'scene', 'code', 'attempts'],
    source: (first, last) => `
      select ${dayOf('started_at')} as day, provider, scene, coalesce(failure_code, 'unknown') as code,
        count(*)::int as attempts
      from payment_attempts where state = 'failed' and ${within('started_at', first, last)}
      group by 1, 2, 3, 4`,
  },
  figure_refunds: {
    columns: ['day', 'provider', 'cause', 'refunds', 'refunded_fen'],
    source: (first, last) => `
      select ${dayOf('occurred_at')} as day, provider, cause, count(*)::int as refunds,
        ${sum('payment_events.amount_fen')} as refunded_fen
      from payment_events
      join refunds on refund_no = substr(event_id, 8) and refunds.attempt_id = payment_events.attempt_id
      join refund_requests on refund_requests.id = request_id
      where outcome = 'refunded' and ${within('occurred_at', first, last)}
      group by 1, 2, 3`,
  },
  figure_orders: {
    columns: ['day', 'placed', 'placed_fen', 'paid', 'paid_fen', 'expired', 'cancelled'],
    source: (first, last) => `
      select ${dayOf('placed_at')} as day, count(*)::int as placed, ${sum('total_fen')} as placed_fen,
        ${count('paid_at is not null')} as paid,
        coalesce(sum(total_fen) filter (where paid_at is not null), 0)::bigint as paid_fen,
        ${count(`paid_at is null and orders.state = 'expired'`)} as expired,
        ${count(`paid_at is null and orders.state = 'cancelled'`)} as cancelled
      from orders join payments on order_id = orders.id
      where ${within('placed_at', first, last)}
      group by 1`,
  },
  figure_carts: {
    columns: ['day', 'begun'],
    since: `${TODAY} - ${CART_DAYS}`,
    source: (first, last) => `
      select ${dayOf('created_at')} as day, count(*)::int as begun
      from carts where ${within('created_at', first, last)}
      group by 1`,
  },
  figure_stock: {
    columns: ['day', 'units', 'value_fen'],
    // Backwards from what is there now: what changed after a day is taken off again.
    source: (first, last) => `
      with changed as (
        select ${dayOf('stock_movements.at')} as day, quantity,
          quantity * coalesce(
            (select from_fen from price_changes
             where price_changes.variant_id = stock_movements.variant_id and price_changes.at > stock_movements.at
             order by price_changes.id limit 1),
            price_fen) as fen
        from stock_movements join variants on variants.id = variant_id
        where stock_movements.at >= ${startOf(`${first} + 1`)}
        union all
        select ${dayOf('price_changes.at')}, 0, (to_fen - from_fen) * (on_hand - coalesce(
          (select sum(quantity) from stock_movements
           where stock_movements.variant_id = price_changes.variant_id and stock_movements.at >= price_changes.at), 0))
        from price_changes join stock using (variant_id)
        where price_changes.at >= ${startOf(`${first} + 1`)}
      ), by_day as (
        select day, sum(quantity) as units, sum(fen) as fen from changed group by 1
      )
      select day::date, (units - coalesce((select sum(later.units) from by_day as later where later.day > days.day), 0))::bigint as units,
        (fen - coalesce((select sum(later.fen) from by_day as later where later.day > days.day), 0))::bigint as value_fen
      from generate_series((${first})::timestamp, (${last})::timestamp, interval '1 day') as days (day),
        (select coalesce(sum(on_hand), 0), coalesce(sum(on_hand * price_fen), 0)
         from stock join variants on variants.id = variant_id) as today (units, fen)`,
  },
} as const satisfies Record<string, Rollup>

/** All of them, as the type that has the optional parts too. */
export const listRollups = (): readonly (readonly [table: string, rollup: Rollup])[] => Object.entries(ROLLUPS)
