import 'server-only'
import { eq, sql } from 'drizzle-orm'
import type { LineUnits, RefundPlan } from '#lib/domain/decide-refund.ts'
import { nextOrderState } from '#lib/domain/order-state.ts'
import { cancelsOrder } from '#lib/domain/refund-effects.ts'
import type { Transaction } from '../client.ts'
import { moveFulfilment } from '../fulfilment/move-fulfilment.ts'
import { orderEvents, orders } from '../orders/schema.ts'
import type { Book } from '../payments/lock-book.ts'
import { giveBackCoupon } from '../promotions/give-back-coupon.ts'
import { reserveRefund } from './reserve-refund.ts'
import { restockLines } from './restock-lines.ts'
import type { refundRequests } from './schema.ts'

export type StartRefund = {
  readonly plan: RefundPlan
  /** The units that go on the shelf now. */
  readonly restock: readonly LineUnits[]
  readonly actor: string
  readonly reason: string | null
  readonly now: Date
}

/**
 * Starts the refund of a request whose row and lines say what goes back: order, number, promise, shelf, log and job.
 * Under the locks of `lockBook`.
 */
export async function startRefund(
  tx: Transaction,
  book: Book,
  request: typeof refundRequests.$inferSelect,
  { plan, restock, actor, reason, now }: StartRefund,
): Promise<void> {
  const { order } = book
  const state = cancelsOrder(plan, order) ? await cancelUnsent(tx, order, { actor, reason }) : order.state
  await reserveRefund(tx, { ...book, order: { ...order, state } }, request, { actor, now })
  await restockLines(tx, order.id, restock, actor)
  if (state === 'cancelled') await giveBackCoupon(tx, order.id)
  await moveFulfilment(tx, order, { cause: 'money', actor, reason })
}

/** Nobody must pack what was given back whole. @returns the order's state afterwards. */
async function cancelUnsent(
  tx: Transaction,
  { id, state }: Book['order'],
  { actor, reason }: { actor: string; reason: string | null },
) {
  const next = nextOrderState(state, 'cancelled')
  if (next === null) throw new Error(`order ${id} is ${state}: it can't be cancelled`)
  await tx.update(orders).set({ state: next }).where(eq(orders.id, id))
  await tx.insert(orderEvents).values({
    orderId: id,
    axis: 'order',
    event: 'cancelled',
    fromState: state,
    toState: next,
    actor,
    reason,
    at: sql`clock_timestamp()`,
  })
  return next
}
