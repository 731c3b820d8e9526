import 'server-only'
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { type ActHindrance, hindranceOf } from '#lib/domain/staff-order-acts.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import { lockOrder } from '../orders/lock-order.ts'
import { announceOrderChange } from '../orders/order-changed.ts'
import { orderEvents, orders } from '../orders/schema.ts'
import { orderHolds } from './schema.ts'

export type HoldOrder = { readonly orderId: string; readonly reason: string; readonly ip: string | null }
export type HoldOrderError =
  | { readonly code: 'unknown_order' }
  | { readonly code: 'hindered'; readonly by: ActHindrance }

/** Keeps an order from being sent until somebody lets it go, for a reason that a person has; also one that was let go. */
export const holdOrder = (
  permit: Permit<'incidents.work'>,
  { orderId, reason, ip }: HoldOrder,
  now: Date = new Date(),
): Promise<Result<null, HoldOrderError>> =>
  db.transaction(async (tx) => {
    const locked = await lockOrder(tx, orderId)
    if (!locked) return err({ code: 'unknown_order' })
    const { order, payment } = locked
    const isHeld = (await tx.$count(orderHolds, and(eq(orderHolds.orderId, orderId), isNull(orderHolds.endedAt)))) > 0
    const facts = { ...order, kept: payment.capturedFen, attempts: 0, mails: 0, hasAddress: true, isHeld }
    const by = hindranceOf('hold', facts, permit.roles)
    if (by) return err({ code: 'hindered', by })

    const actor = staffActor(permit)
    const hold = { reasons: { by_hand: { reason } }, heldBy: actor, heldAt: now }
    await tx
      .insert(orderHolds)
      .values({ orderId, ...hold })
      .onConflictDoUpdate({
        target: orderHolds.orderId,
        set: { ...hold, endedBy: null, endedAt: null, note: null },
        setWhere: isNotNull(orderHolds.endedAt),
      })
    await noteHold(tx, { orderId, event: 'held', actor, reason })
    await appendAuditEntry(tx, {
      actor,
      action: 'order.held',
      about: { kind: 'order', id: orderId },
      after: { number: order.number },
      reason,
      ip,
    })
    return ok(null)
  })

type Note = {
  readonly orderId: string
  readonly event: 'held' | 'released'
  readonly actor: string
  readonly reason: string
}

/** In the history of the order, whose state stays as it is. */
export async function noteHold(tx: Transaction, { orderId, event, actor, reason }: Note): Promise<void> {
  const state = sql<string>`(select ${orders.state} from ${orders} where ${orders.id} = ${orderId})`
  await tx.insert(orderEvents).values({
    orderId,
    axis: 'order',
    event,
    fromState: state,
    toState: state,
    actor,
    reason,
    at: sql`clock_timestamp()`,
  })
  await announceOrderChange(tx, orderId)
}
