import 'server-only'
import { eq } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { orderNotes } from './schema.ts'

export type AddNote = {
  /** Made by the form: two clicks are one note. */
  readonly id: string
  readonly orderId: string
  readonly text: string
  readonly ip: string
}

/** Writes a note about an order, once. */
export async function addNote(
  permit: Permit<'orders.note'>,
  { id, orderId, text, ip }: AddNote,
): Promise<Result<null, { code: 'unknown_order' }>> {
  const actor = staffActor(permit)
  return db.transaction(async (tx) => {
    const [order] = await tx.select({ number: orders.number }).from(orders).where(eq(orders.id, orderId))
    if (!order) return err({ code: 'unknown_order' })
    const written = await tx.insert(orderNotes).values({ id, orderId, text, actor }).onConflictDoNothing().returning()
    if (written.length > 0) {
      const about = { kind: 'order', id: order.number }
      await appendAuditEntry(tx, { actor, action: 'orders.note', about, after: { note: id }, ip })
    }
    return ok(null)
  })
}
