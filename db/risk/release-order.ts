import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { type DbOrTransaction, db } from '../client.ts'
import { endIncident } from '../incidents/end-incident.ts'
import { orders } from '../orders/schema.ts'
import { noteHold } from './hold-order.ts'
import { orderHolds } from './schema.ts'

export type OrderHold = typeof orderHolds.$inferSelect

/** The open hold of an order, or null. */
export async function findHold(tx: DbOrTransaction, orderId: string): Promise<OrderHold | null> {
  const [hold] = await tx
    .select()
    .from(orderHolds)
    .where(and(eq(orderHolds.orderId, orderId), isNull(orderHolds.endedAt)))
  return hold ?? null
}

/** The same for staff who look at the order. */
export const readHold = (_permit: Permit<'orders.read'> | Permit<'orders.ship'>, orderId: string) =>
  findHold(db, orderId)

/** Lets an order be sent that was held, by a person who has looked; ends its incident too. */
export async function releaseOrder(
  permit: Permit<'incidents.work'>,
  { orderId, note, ip }: { readonly orderId: string; readonly note: string; readonly ip: string | null },
  now: Date = new Date(),
): Promise<Result<null, { readonly code: 'not_held' }>> {
  return db.transaction(async (tx) => {
    const actor = staffActor(permit)
    const released = await tx
      .update(orderHolds)
      .set({ endedBy: actor, endedAt: now, note })
      .where(and(eq(orderHolds.orderId, orderId), isNull(orderHolds.endedAt)))
      .returning({ reasons: orderHolds.reasons })
    if (released.length === 0) return err({ code: 'not_held' as const })
    const [order] = await tx.select({ number: orders.number }).from(orders).where(eq(orders.id, orderId))
    await endIncident(tx, { kind: 'order_held', subject: `order:${order?.number}`, actor, note }, now)
    await noteHold(tx, { orderId, event: 'released', actor, reason: note })
    const about = { kind: 'order', id: orderId }
    await appendAuditEntry(tx, {
      actor,
      action: 'order.released',
      about,
      before: released[0]?.reasons,
      reason: note,
      ip,
    })
    return ok(null)
  })
}
