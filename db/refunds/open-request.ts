import 'server-only'
import { sql } from 'drizzle-orm'
import type { Transaction } from '../client.ts'
import { orderEvents } from '../orders/schema.ts'
import { refundRequests } from './schema.ts'

export type NewRequest = Omit<typeof refundRequests.$inferInsert, 'state'>

/** Writes a request, of a shopper or one that is decided already, with the event in the order's log. */
export async function openRequest(tx: Transaction, request: NewRequest, state: 'requested' | 'approved' = 'approved') {
  const [opened] = await tx
    .insert(refundRequests)
    .values({ ...request, state })
    .returning()
  if (!opened) throw new Error('a row that was inserted did not come back')
  await tx.insert(orderEvents).values({
    orderId: opened.orderId,
    axis: 'after_sale',
    about: opened.id,
    event: state,
    toState: opened.state,
    actor: opened.actor,
    reason: opened.reason,
    at: sql`clock_timestamp()`,
  })
  return opened
}
