import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { nextOrderState } from '#lib/domain/order-state.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { db, type Transaction } from '../client.ts'
import { type LockedOrder, lockOrder } from '../orders/lock-order.ts'
import { announceOrderChange } from '../orders/order-changed.ts'
import { orderEvents, orders } from '../orders/schema.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { deliver, parcelsUnderWay } from './mark-delivered.ts'

export type ConfirmReceiptError =
  | { readonly code: 'unknown_order' }
  /** Nothing of it was sent yet, or it is complete already. */
  | { readonly code: 'nothing_to_confirm' }

/**
 * The shopper has what was sent: its parcels are delivered. When nothing more is to come the order is complete.
 * @returns whether it is.
 */
export async function confirmReceipt(
  orderId: string,
  { actor, now = new Date() }: { readonly actor: string; readonly now?: Date },
): Promise<Result<{ readonly completed: boolean }, ConfirmReceiptError>> {
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const book = await lockOrder(tx, orderId)
      if (!book) return err({ code: 'unknown_order' })
      let { order } = book
      const underWay = await parcelsUnderWay(tx, orderId)
      if (underWay.length === 0 && !canComplete(order)) return err({ code: 'nothing_to_confirm' })
      for (const parcel of underWay) order = await deliver(tx, order, parcel, { actor, now })
      const completed = canComplete(order)
      if (completed) await complete(tx, order, actor)
      return ok({ completed })
    }),
  )
}

const canComplete = ({ state, fulfilment }: LockedOrder['order']) =>
  fulfilment === 'delivered' && nextOrderState(state, 'completed') !== null

async function complete(tx: Transaction, { id, state }: LockedOrder['order'], actor: string): Promise<void> {
  const next = nextOrderState(state, 'completed')
  if (next === null) throw new Error(`order ${id} is ${state}: it can't be completed`)
  await tx.update(orders).set({ state: next }).where(eq(orders.id, id))
  await tx.insert(orderEvents).values({
    orderId: id,
    axis: 'order',
    event: 'completed',
    fromState: state,
    toState: next,
    actor,
    reason: null,
    at: sql`clock_timestamp()`,
  })
  await announceOrderChange(tx, id)
}
