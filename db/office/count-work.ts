import 'server-only'
import { sql } from 'drizzle-orm'
import { OPEN_REQUEST_STATES } from '#lib/domain/order-list.ts'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../client.ts'

/** Nobody needs to know more of a pile than that it is large. */
export const COUNTED_AT_MOST = 999
/** Beyond it the number of all orders is told by the statistics of the last analysis. */
const ORDERS_COUNTED_AT_MOST = 10_000

export type Work = {
  /** Each is {@link COUNTED_AT_MOST} + 1 where there are more. */
  readonly toSend: number
  readonly unpaid: number
  readonly requests: number
  readonly review: number
  readonly orders: { readonly count: number; readonly estimated: boolean }
}

const states = sql.raw(OPEN_REQUEST_STATES.map((state) => `'${state}'`).join(', '))

/** How much there is to do, counted no further than anybody wants to know. */
export async function countWork(_permit: Permit<'orders.read'>): Promise<Work> {
  const limit = sql`limit ${COUNTED_AT_MOST + 1}`
  const [row] = await db.execute<Omit<Work, 'orders'> & { some: number; estimate: number }>(sql`
    select
      (select count(*)::int from (
        select from orders where state = 'confirmed' and fulfilment in ('unfulfilled', 'partial') ${limit}) c) as "toSend",
      (select count(*)::int from (select from orders where state = 'pending_payment' ${limit}) c) as unpaid,
      (select count(*)::int from (
        select distinct order_id from refund_requests where state in (${states}) ${limit}) c) as requests,
      (select count(*)::int from (
        select distinct a.payment_id from incidents i join payment_attempts a on a.id = i.attempt_id
        where i.settled_at is null ${limit}) c) as review,
      (select count(*)::int from (select from orders limit ${ORDERS_COUNTED_AT_MOST + 1}) c) as some,
      (select reltuples::int from pg_class where oid = 'orders'::regclass) as estimate`)
  if (!row) throw new Error('a query without from gave no row')
  const { some, estimate, ...work } = row
  const estimated = some > ORDERS_COUNTED_AT_MOST
  return { ...work, orders: { count: estimated ? Math.max(estimate, some) : some, estimated } }
}
