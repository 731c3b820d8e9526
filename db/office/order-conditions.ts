import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import {
  type AfterSaleFilter,
  OPEN_REQUEST_STATES,
  type OrderCursor,
  type OrderFilter,
} from '#lib/domain/order-list.ts'
import { addDays, startOfShanghaiDay } from '#lib/domain/shanghai-time.ts'
import type { OrderWay } from './order-ways.ts'

export const allOf = (conditions: readonly SQL[]): SQL =>
  conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `)
const anyOf = (conditions: readonly SQL[]): SQL => sql`(${sql.join([...conditions], sql` or `)})`

/** What the row of the order `o` says by itself, most of it by an index that is in the order of the list. */
export function ownConditions({ state, fulfilment, toSend, from, to }: OrderFilter): readonly SQL[] {
  const [start, last] = [from && startOfShanghaiDay(from), to && startOfShanghaiDay(to)]
  return [
    state && sql`o.state = ${state}::text`,
    fulfilment && sql`o.fulfilment = ${fulfilment}::text`,
    // Word for word the condition of the index `orders_to_send`.
    toSend && sql`o.state = 'confirmed' and o.fulfilment in ('unfulfilled', 'partial')`,
    start && sql`o.placed_at >= ${start.toISOString()}::timestamptz`,
    last && sql`o.placed_at < ${addDays(last, 1).toISOString()}::timestamptz`,
  ].filter((condition) => condition instanceof Object)
}

/** What comes after a page of the list. */
export const afterCursor = (after: OrderCursor | null): readonly SQL[] =>
  after ? [sql`(o.placed_at, o.id) < (${after.placedAt.toISOString()}::timestamptz, ${after.id}::uuid)`] : []

/** What other tables say of the order `o`: questions that are asked row by row. */
export function furtherConditions(
  { payment, provider, afterSale }: OrderFilter,
  ways: readonly OrderWay[] | null,
): readonly SQL[] {
  return [
    payment && sql`(select p.state from payments p where p.order_id = o.id) = ${payment}::text`,
    provider && paidAt(provider),
    afterSale && AFTER_SALE[afterSale],
    ways && anyOf(ways.map(({ holds }) => holds)),
  ].filter((condition) => condition instanceof Object)
}

/** By the attempt that paid, or the last one where none did. */
const paidAt = (provider: string): SQL => sql`(
  select a.provider from payments p join payment_attempts a on a.payment_id = p.id
  where p.order_id = o.id order by a.paid_at is null, a.sequence desc limit 1) = ${provider}::text`

const openStates = sql.raw(OPEN_REQUEST_STATES.map((state) => `'${state}'`).join(', '))
const requested = sql`select true from refund_requests r where r.order_id = o.id`
const AFTER_SALE = {
  open: sql`(${requested} and r.state in (${openStates}) limit 1)`,
  any: sql`(${requested} limit 1)`,
  none: sql`(${requested} limit 1) is null`,
} as const satisfies Record<AfterSaleFilter, SQL>

const INCIDENTS = sql`
  select p.order_id from incidents i
  join payment_attempts a on a.id = i.attempt_id join payments p on p.id = a.payment_id`
/** Each order of which money went back or should: all that can be refunded or overpaid. */
const MONEY_BACK = sql`
  select order_id from refund_requests
  union all ${INCIDENTS}
  union all select p.order_id from refunds_due d
    join payment_attempts a on a.id = d.attempt_id join payments p on p.id = a.payment_id`

/** The ids of all orders that can answer, by an index; null where only reading the list can tell. */
export function candidatesOf({ payment, afterSale }: OrderFilter, ways: readonly OrderWay[] | null): SQL | null {
  if (ways)
    return sql.join(
      ways.map(({ ids }) => sql`(${ids})`),
      sql` union all `,
    )
  if (afterSale === 'open') return sql`select order_id from refund_requests where state in (${openStates})`
  if (payment === 'review') return sql`${INCIDENTS} where i.settled_at is null`
  if (payment === 'refunded' || payment === 'partially_refunded' || payment === 'overpaid') return MONEY_BACK
  return afterSale === 'any' ? sql`select order_id from refund_requests` : null
}
