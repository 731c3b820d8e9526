import 'server-only'
import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { LOCALES, type LocalizedText } from '#lib/domain/locale.ts'
import { FILTERED_STATES, type OrderFilter } from '#lib/domain/order-filter.ts'
import { db } from '../client.ts'
import { payments } from '../payments/schema.ts'
import { orderLines, orders } from './schema.ts'

export const ORDERS_ON_A_PAGE = 20
/** Pictures of an order in the list. */
const PICTURES = 4

/** The last order of a page; the next page begins after it. */
export type OrderCursor = { readonly placedAt: Date; readonly id: string }
export type ListedOrder = Awaited<ReturnType<typeof listAccountOrders>>['orders'][number]
type Wanted = {
  readonly filter: OrderFilter
  /** What was typed: a part of an order's number, or of the name of a piece in any language; empty for all. */
  readonly search: string
  readonly after: OrderCursor | null
}

/**
 * A page of a customer's orders, newest first, by the index `orders_account`: the hundredth page costs what the first
 * does. One row more than is shown says whether there is another page.
 */
export async function listAccountOrders(accountId: string, wanted: Wanted) {
  const rows = await accountOrders(accountId, wanted)
  const page = rows.slice(0, ORDERS_ON_A_PAGE)
  const last = page.at(-1)
  const next: OrderCursor | null =
    rows.length > ORDERS_ON_A_PAGE && last ? { placedAt: last.placedAt, id: last.id } : null
  return { orders: page, next }
}

/** The query of a page, to be run or to be explained. */
export function accountOrders(accountId: string, { filter, search, after }: Wanted) {
  const states = FILTERED_STATES[filter]
  return db
    .select({
      id: orders.id,
      number: orders.number,
      placedAt: orders.placedAt,
      expiresAt: orders.expiresAt,
      state: orders.state,
      fulfilment: orders.fulfilment,
      paymentState: payments.state,
      totalFen: orders.totalFen,
      pieces: sql<readonly ListedPiece[]>`(
        select coalesce(json_agg(json_build_object('image', image, 'name', name) order by position), '[]')
        from (
          select ${orderLines.position} as position, ${orderLines.image} as image, ${orderLines.name} as name
          from ${orderLines} where ${orderLines.orderId} = ${orders.id} order by ${orderLines.position} limit ${PICTURES}
        ) as line)`,
      units: sql<number>`(
        select sum(${orderLines.quantity})::int from ${orderLines} where ${orderLines.orderId} = ${orders.id})`,
    })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .where(
      and(
        eq(orders.accountId, accountId),
        states ? inArray(orders.state, [...states]) : undefined,
        search === '' ? undefined : isFound(search),
        after
          ? sql`(${orders.placedAt}, ${orders.id}) < (${after.placedAt.toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(ORDERS_ON_A_PAGE + 1)
}
type ListedPiece = { readonly image: string; readonly name: LocalizedText }

/** Looks through the orders of the one customer, newest first, until a page is full. */
function isFound(search: string): SQL {
  const literal = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`
  const number = literal(search.replaceAll(/[\s-]/g, '').toUpperCase())
  const names = sql.join(
    LOCALES.map((locale) => sql`${orderLines.name} ->> ${locale}::text ilike ${literal(search)}`),
    sql` or `,
  )
  return sql`(${orders.number} like ${number} or exists (
    select from ${orderLines} where ${orderLines.orderId} = ${orders.id} and (${names})))`
}
