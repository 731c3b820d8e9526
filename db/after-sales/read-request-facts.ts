import 'server-only'
import { sql } from 'drizzle-orm'
import type { RequestFacts } from '#lib/domain/decide-request.ts'
import { type DbOrTransaction, db } from '../client.ts'
import { readGoods } from '../fulfilment/read-goods.ts'
import type { orders } from '../orders/schema.ts'

/** What `decideRequest()` has to know of an order. Binding only under its lock. */
export async function readRequestFacts(
  { id, state }: Pick<typeof orders.$inferSelect, 'id' | 'state'>,
  within: DbOrTransaction = db,
): Promise<RequestFacts> {
  const [{ lines }, [last]] = await Promise.all([
    readGoods(within, id),
    within.execute<{ arrivedAt: string | null }>(sql`
      select case when bool_and(delivered_at is not null) then max(delivered_at) end as "arrivedAt"
      from parcels where order_id = ${id} and undone_at is null`),
  ])
  return { state, lines, arrivedAt: last?.arrivedAt ? new Date(last.arrivedAt) : null }
}
