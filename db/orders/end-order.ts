import 'server-only'
import { eq, sql } from 'drizzle-orm'
import { isOpenAttempt } from '#lib/domain/attempt-state.ts'
import { nextOrderState, type OrderEvent } from '#lib/domain/order-state.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type AuditEntry, appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { paymentAttempts, payments } from '../payments/schema.ts'
import { giveBackCoupon } from '../promotions/give-back-coupon.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { announceStockChange } from '../stock/announce-stock-change.ts'
import { lockStockOfOrder } from '../stock/lock-stock-of-order.ts'
import { stock } from '../stock/schema.ts'
import { announceOrderChange } from './order-changed.ts'
import { orderEvents, orders } from './schema.ts'

export type EndOrderError =
  | { readonly code: 'unknown_order' }
  /** It is paid, or has ended before. */
  | { readonly code: 'not_pending' }
  /** Its time to pay is not over. */
  | { readonly code: 'not_due' }
  /** The shopper may be paying right now: these have to be closed at the provider first. */
  | { readonly code: 'attempts_open'; readonly attemptIds: readonly string[] }

export type EndOrder = {
  readonly orderId: string
  readonly event: Extract<OrderEvent, 'cancelled' | 'deadline_passed'>
  readonly actor: string
  readonly reason: string | null
  /** Written into the log of staff with it, when it is staff who end it. */
  readonly audit?: AuditEntry
  /** Compared with the deadline when it is that which ends the order. */
  readonly now: Date
}

/**
 * Ends an unpaid order and gives its stock and coupon back, once. One transaction: order, stock, coupon, event, mail, and the stale pages
 * of pieces that can be bought again.
 */
export async function endOrder(end: EndOrder): Promise<Result<null, EndOrderError>> {
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const refused = await lockEndable(tx, end)
      if (refused) return err(refused)
      const { orderId, event, actor, reason } = end
      const state = nextOrderState('pending_payment', event)
      if (state === null) throw new Error(`a pending order can't be ${event}`)

      await tx.update(orders).set({ state }).where(eq(orders.id, orderId))
      await tx.insert(orderEvents).values({
        orderId,
        axis: 'order',
        event,
        fromState: 'pending_payment',
        toState: state,
        actor,
        reason,
        at: sql`clock_timestamp()`,
      })
      if (end.audit) await appendAuditEntry(tx, end.audit)
      await releaseStock(tx, orderId)
      await giveBackCoupon(tx, orderId)
      await enqueue(tx, { name: 'send-order-mail', data: { orderId, kind: 'order_cancelled' } })
      await announceOrderChange(tx, orderId)
      return ok(null)
    }),
  )
}

/** Locks payment, then order. Null when the order can end now. */
async function lockEndable(tx: Transaction, { orderId, event, now }: EndOrder): Promise<EndOrderError | null> {
  const [payment] = await tx.select().from(payments).where(eq(payments.orderId, orderId)).for('update')
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update')
  if (!payment || !order) return { code: 'unknown_order' }
  if (order.state !== 'pending_payment') return { code: 'not_pending' }
  if (event === 'deadline_passed' && order.expiresAt > now) return { code: 'not_due' }
  const attempts = await tx
    .select({ id: paymentAttempts.id, state: paymentAttempts.state })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.paymentId, payment.id))
  const attemptIds = attempts.filter(({ state }) => isOpenAttempt(state)).map(({ id }) => id)
  return attemptIds.length === 0 ? null : { code: 'attempts_open', attemptIds }
}

async function releaseStock(tx: Transaction, orderId: string) {
  const changes = []
  for (const { variantId, quantity, product, onHand, held } of await lockStockOfOrder(tx, orderId)) {
    await tx
      .update(stock)
      .set({ held: held - quantity })
      .where(eq(stock.variantId, variantId))
    const before = onHand - held
    changes.push({ product, before, after: before + quantity })
  }
  await announceStockChange(tx, changes)
}
