import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { type AfterSaleEvent, type AfterSaleState, nextAfterSaleState } from '#lib/domain/after-sale-state.ts'
import type { Transaction } from '../client.ts'
import { orderEvents } from '../orders/schema.ts'
import { refundRequests } from './schema.ts'

export type MovedRequest = { readonly id: string; readonly orderId: string; readonly state: AfterSaleState }

/**
 * Takes a request to its next state, with the event in the order's log.
 * @returns the event's id.
 * @throws where the table has no such step: the caller asked the state under the payment's lock.
 */
export async function moveRequest(
  tx: Transaction,
  { id, orderId, state }: MovedRequest,
  { event, actor, reason }: { event: AfterSaleEvent; actor: string; reason: string | null },
): Promise<bigint> {
  const next = nextAfterSaleState(state, event)
  if (next === null) throw new Error(`request ${id} is ${state}: no ${event}`)
  await tx.update(refundRequests).set({ state: next }).where(eq(refundRequests.id, id))
  const [written] = await tx
    .insert(orderEvents)
    .values({
      orderId,
      axis: 'after_sale',
      about: id,
      event,
      fromState: state,
      toState: next,
      actor,
      reason,
      at: sql`clock_timestamp()`,
    })
    .returning({ id: orderEvents.id })
  if (!written) throw new Error('a row that was inserted did not come back')
  return written.id
}
