import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { OrderCursor, OrderFilter } from '#lib/domain/order-list.ts'
import { type OrderSearch, parseOrderSearch } from '#lib/domain/order-search.ts'
import { db } from '../client.ts'
import { findNameTerms } from './find-name-terms.ts'
import { findNamedVariants } from './find-named-variants.ts'
import { underTerms } from './look-under-terms.ts'
import { allOf, type Conditions, conditionsOf, type Where, whereToLook } from './order-conditions.ts'
import { type OrderWay, waysOf } from './order-ways.ts'

export type OrderBounds = {
  /** So many orders are sorted when an index names them; where there are more, some are among the newest. */
  readonly candidates: number
  /** So many orders under one term are asked for one page. */
  readonly entries: number
  /** So many are looked at for one page where no index helps: a bound on what one question costs. */
  readonly looked: number
}
const BOUNDS: OrderBounds = { candidates: 5_000, entries: 5_000, looked: 20_000 }

/** Where a page of the list begins, null for its newest end, and how long it is. */
export type PageWanted = { readonly after: OrderCursor | null; readonly limit: number; readonly bounds?: OrderBounds }

export type FoundOrders = {
  /** Newest first, one more than asked for when there are more. */
  readonly ids: readonly string[]
  /** How many there are in all, where that is known. */
  readonly count: number | null
  /** Set when the page is not full since the search stopped there: it can go on from it. */
  readonly stoppedAt: OrderCursor | null
}

/**
 * The orders that a filter lets through, from `after` on, at a cost that does not grow with their number: what an index
 * says to be rare is fetched and sorted, what many orders can have is read under its terms from the newest end, and
 * where nothing helps, the list itself is.
 */
export async function findOrderIds(filter: OrderFilter, page: PageWanted): Promise<FoundOrders> {
  const search = filter.text === '' ? null : parseOrderSearch(filter.text)
  const ways = search && (await findWays(search, filter.text.trim()))
  if (filter.text !== '' && (!ways || ways.length === 0)) return { ids: [], count: 0, stoppedAt: null }

  const where = whereToLook(filter, ways)
  const found = where && (await lookThere(where, { filter, ways }, page))
  return found ?? readList(conditionsOf(filter, ways, page.after), page)
}

async function findWays(search: OrderSearch, typed: string): Promise<readonly OrderWay[]> {
  const [variantIds, nameTerms] = await Promise.all([
    search.words || search.sku ? findNamedVariants(typed) : [],
    search.words ? findNameTerms(search.words) : [],
  ])
  return waysOf(search, { variantIds, nameTerms })
}

type Found = { rare: boolean; count: number; ids: string[]; ended: { at: string; id: string } | null }

/** Null when the ids are too many to be sorted. */
async function lookThere(
  { ids, terms }: Where,
  { filter, ways }: { readonly filter: OrderFilter; readonly ways: readonly OrderWay[] | null },
  { after, limit, bounds = BOUNDS }: PageWanted,
): Promise<FoundOrders | null> {
  // What ids lead to is found by them.
  const conditions = conditionsOf(filter, ways?.filter((way) => 'terms' in way) ?? null, after)
  const byTerm = terms.length > 0
  const [found] = await db.execute<Found>(sql`
    with candidate as materialized (
      select order_id from (${ids ?? sql`select null::uuid where false`}) as c (order_id) limit ${bounds.candidates + 1}
    ), rare as materialized (
      select count(*) <= ${bounds.candidates} as yes from candidate
    ), matching as materialized (
      select o.id, o.placed_at from orders o
      where (select yes from rare) and o.id in (select order_id from candidate)
        and ${allOf(wholly(conditionsOf(filter, null, null)))}
    )${byTerm ? sql`, ${underTerms({ terms, limit, entries: bounds.entries }, conditions)}` : sql``}
    select (select yes from rare) as rare, (select count(*) from matching)::int as count, array(
      select o.id from (
        select id, placed_at from matching
        ${byTerm ? sql`union select id, placed_at from listed union select id, placed_at from recent` : sql``}
      ) o
      where ${allOf(conditions.later)} ${byTerm ? sql`and ${KNOWN}` : sql``}
      order by o.placed_at desc, o.id desc limit ${limit + 1}
    ) as ids, ${byTerm ? sql`(select json_build_object('at', placed_at::text, 'id', id) from ended)` : sql`null`} as ended`)
  if (!found?.rare) return null
  const { ended } = found
  const hasMore = found.ids.length > limit
  const stoppedAt = ended && !hasMore ? { placedAt: new Date(ended.at), id: ended.id } : null
  const isWhole = after === null && !hasMore && !stoppedAt
  const count = byTerm ? (isWhole ? found.ids.length : null) : found.count
  return { ids: found.ids, count, stoppedAt }
}

const wholly = ({ own, dates, further, later }: Conditions): readonly SQL[] => [...own, ...dates, ...further, ...later]
/** Newer than where a term was asked no further. */
const KNOWN = sql`coalesce((o.placed_at, o.id) >= (select ended.placed_at, ended.id from ended), true)`

/** Reads the list from its newest end, or from where the page begins, until the page is full or enough was looked at. */
async function readList(
  { own, dates, further, later }: Conditions,
  { limit, bounds = BOUNDS }: PageWanted,
): Promise<FoundOrders> {
  const listed = sql`
    select o.* from orders o where ${allOf([...own, ...dates, ...later])}
    order by o.placed_at desc, o.id desc`
  const found = await db.execute<{ id: string }>(
    further.length === 0
      ? sql`select id from (${listed} limit ${limit + 1}) as o`
      : sql`select id from (${listed} limit ${bounds.looked}) as o where ${allOf(further)} limit ${limit + 1}`,
  )
  const ids = found.map(({ id }) => id)
  if (further.length === 0 || ids.length > limit) return { ids, count: null, stoppedAt: null }

  const [end] = await db.execute<{ at: string; id: string }>(sql`
    select placed_at::text as at, id from (${listed} limit 1 offset ${bounds.looked - 1}) as o`)
  return { ids, count: null, stoppedAt: end ? { placedAt: new Date(end.at), id: end.id } : null }
}
