import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import { OPEN_ATTEMPT_STATES } from '#lib/domain/attempt-state.ts'
import {
  type AfterSaleFilter,
  OPEN_REQUEST_STATES,
  type OrderCursor,
  type OrderFilter,
} from '#lib/domain/order-list.ts'
import { AFTER_SALE_TERM, moneyTerm, providerTerm, RARE_MONEY } from '#lib/domain/order-terms.ts'
import { addDays, startOfShanghaiDay } from '#lib/domain/shanghai-time.ts'
import type { OrderWay } from './order-ways.ts'

export const allOf = (conditions: readonly SQL[]): SQL =>
  conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `)
const anyOf = (conditions: readonly SQL[]): SQL => sql`(${sql.join([...conditions], sql` or `)})`

/** What an order `o` has to be, by what it costs to ask. */
export type Conditions = {
  /** What its row says by itself, most of it by an index that is in the order of the list. */
  readonly own: readonly SQL[]
  /** When it was placed. */
  readonly dates: readonly SQL[]
  /** What other tables say of it: questions that are asked row by row. */
  readonly further: readonly SQL[]
  /** What comes after a page of the list. */
  readonly later: readonly SQL[]
}

const given = (conditions: readonly (SQL | string | false | null)[]) =>
  conditions.filter((condition) => condition instanceof Object)

/** @param ways of which one has to hold. */
export function conditionsOf(
  { state, fulfilment, toSend, from, to, payment, provider, afterSale, held }: OrderFilter,
  ways: readonly OrderWay[] | null,
  after: OrderCursor | null,
): Conditions {
  const [start, last] = [from && startOfShanghaiDay(from), to && startOfShanghaiDay(to)]
  return {
    own: given([
      state && sql`o.state = ${state}::text`,
      fulfilment && sql`o.fulfilment = ${fulfilment}::text`,
      // Word for word the condition of the index `orders_to_send`.
      toSend && sql`o.state = 'confirmed' and o.fulfilment in ('unfulfilled', 'partial')`,
    ]),
    dates: given([
      start && sql`o.placed_at >= ${start.toISOString()}::timestamptz`,
      last && sql`o.placed_at < ${addDays(last, 1).toISOString()}::timestamptz`,
    ]),
    further: given([
      payment && sql`(select p.state from payments p where p.order_id = o.id) = ${payment}::text`,
      provider && paidAt(provider),
      afterSale && AFTER_SALE[afterSale],
      held && sql`(select true from order_holds h where h.order_id = o.id and h.ended_at is null)`,
      ways && ways.length > 0 && anyOf(ways.map(({ holds }) => holds)),
    ]),
    later: given([
      after && sql`(o.placed_at, o.id) < (${after.placedAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
    ]),
  }
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

const RARE: ReadonlySet<string> = new Set(RARE_MONEY)

const openAttempts = sql.raw(OPEN_ATTEMPT_STATES.map((state) => `'${state}'`).join(', '))
/** By the index that lets an attempt be open once. */
const PAYING = sql`
  select p.order_id from payment_attempts a join payments p on p.id = a.payment_id where a.state in (${openAttempts})`

/** Where to look for the orders that a filter lets through: ids by an index, terms, or only the list itself. */
export type Where = { readonly ids: SQL | null; readonly terms: readonly string[] }

/** Null where only reading the list can tell. */
export function whereToLook(filter: OrderFilter, ways: readonly OrderWay[] | null): Where | null {
  return ways ? whereOfWays(ways) : whereOfFilter(filter)
}

function whereOfWays(ways: readonly OrderWay[]): Where | null {
  const ids = ways.flatMap((way) => ('ids' in way ? sql`(${way.ids})` : []))
  const terms: string[] = []
  for (const way of ways) {
    if ('ids' in way) continue
    if (way.terms === null) return null
    terms.push(...way.terms)
  }
  return { ids: ids.length === 0 ? null : sql.join(ids, sql` union all `), terms }
}

function whereOfFilter({ payment, provider, afterSale, held }: OrderFilter): Where | null {
  const byIds = (ids: SQL) => ({ ids, terms: [] })
  const byTerm = (term: string) => ({ ids: null, terms: [term] })
  if (held) return byIds(sql`select order_id from order_holds where ended_at is null`)
  if (afterSale === 'open') return byIds(sql`select order_id from refund_requests where state in (${openStates})`)
  if (payment === 'paying') return byIds(PAYING)
  if (payment && RARE.has(payment)) return byTerm(moneyTerm(payment))
  if (afterSale === 'any') return byTerm(AFTER_SALE_TERM)
  return provider ? byTerm(providerTerm(provider)) : null
}
