import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { type FulfilmentState, nextFulfilmentState } from '#lib/domain/fulfilment-state.ts'
import { type FulfilmentCause, fulfilmentEvents, fulfilmentOf } from '#lib/domain/shipment.ts'
import type { Transaction } from '../client.ts'
import { announceOrderChange } from '../orders/order-changed.ts'
import { orderEvents, orders } from '../orders/schema.ts'
import { readGoods } from './read-goods.ts'

export type GoodsMoved = {
  readonly cause: FulfilmentCause
  readonly actor: string
  /** Which parcel, or why. */
  readonly reason: string | null
}

/**
 * Writes `orders.fulfilment` as lines and parcels tell it by now, with the events that led there. Its lone writer; to be
 * called under the order's lock, after whatever moved the goods was written.
 * @returns the state that it has then.
 * @throws where the table has no such step: the caller let happen what cannot.
 */
export async function moveFulfilment(
  tx: Transaction,
  order: Pick<typeof orders.$inferSelect, 'id' | 'fulfilment'>,
  { cause, actor, reason }: GoodsMoved,
): Promise<FulfilmentState> {
  const { lines, parcels } = await readGoods(tx, order.id)
  const target = fulfilmentOf(lines, parcels)
  let state = order.fulfilment
  for (const event of fulfilmentEvents(state, target, cause)) {
    const toState = nextFulfilmentState(state, event)
    if (toState === null) throw new Error(`the goods of order ${order.id} are ${state}: no ${event}`)
    await tx.insert(orderEvents).values({
      orderId: order.id,
      axis: 'fulfilment',
      event,
      fromState: state,
      toState,
      actor,
      reason,
      at: sql`clock_timestamp()`,
    })
    state = toState
  }
  if (state !== target) throw new Error(`the goods of order ${order.id} are ${target}, its events say ${state}`)
  if (state !== order.fulfilment) await tx.update(orders).set({ fulfilment: state }).where(eq(orders.id, order.id))
  await announceOrderChange(tx, order.id)
  return state
}
