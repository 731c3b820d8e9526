import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { OrderCursor, OrderFilter } from '#lib/domain/order-list.ts'
import { parseOrderSearch } from '#lib/domain/order-search.ts'
import { db } from '../client.ts'
import { findNamedVariants } from './find-named-variants.ts'
import { afterCursor, allOf, candidatesOf, furtherConditions, ownConditions } from './order-conditions.ts'
import { type OrderWay, waysOf } from './order-ways.ts'

export type OrderBounds = {
  /** So many orders are sorted when an index names them; where there are more, some are among the newest. */
  readonly candidates: number
  /** So many are looked at for one page where no index helps: a bound on what one question costs. */
  readonly looked: number
}
const BOUNDS: OrderBounds = { candidates: 5_000, looked: 20_000 }

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
 * says to be rare is fetched and sorted, what is common is found by reading the list from its newest end.
 */
export async function findOrderIds(filter: OrderFilter, page: PageWanted): Promise<FoundOrders> {
  const search = filter.text === '' ? null : parseOrderSearch(filter.text)
  if (filter.text !== '' && !search) return { ids: [], count: 0, stoppedAt: null }
  const ways = search && waysOf(search, search.words || search.sku ? await findNamedVariants(filter.text.trim()) : [])
  if (ways?.length === 0) return { ids: [], count: 0, stoppedAt: null }

  const candidates = candidatesOf(filter, ways)
  const rare = candidates && (await sortCandidates(candidates, filter, page))
  return rare ?? readList(filter, ways, page)
}

/** Null when there are too many of them. */
async function sortCandidates(
  candidates: SQL,
  filter: OrderFilter,
  { after, limit, bounds = BOUNDS }: PageWanted,
): Promise<FoundOrders | null> {
  const [found] = await db.execute<{ rare: boolean; count: number; ids: string[] }>(sql`
    with candidate as materialized (
      select order_id from (${candidates}) as c (order_id) limit ${bounds.candidates + 1}
    ), rare as materialized (
      select count(*) <= ${bounds.candidates} as yes from candidate
    ), matching as materialized (
      select o.id, o.placed_at from orders o
      where (select yes from rare) and o.id in (select order_id from candidate)
        and ${allOf([...ownConditions(filter), ...furtherConditions(filter, null)])}
    )
    select (select yes from rare) as rare, (select count(*) from matching)::int as count, array(
      select o.id from matching o
      where ${allOf(afterCursor(after))} order by o.placed_at desc, o.id desc limit ${limit + 1}
    ) as ids`)
  return found?.rare ? { ids: found.ids, count: found.count, stoppedAt: null } : null
}

/** Reads the list from its newest end, or from `after`, until the page is full or enough was looked at. */
async function readList(
  filter: OrderFilter,
  ways: readonly OrderWay[] | null,
  { after, limit, bounds = BOUNDS }: PageWanted,
): Promise<FoundOrders> {
  const further = furtherConditions(filter, ways)
  const listed = sql`
    select o.* from orders o where ${allOf([...ownConditions(filter), ...afterCursor(after)])}
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
