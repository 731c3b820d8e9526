import 'server-only'
import { and, eq, or, sql } from 'drizzle-orm'
import { mayDo, type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { orderViews } from './schema.ts'

/** Removes a list of one's own; who may change the settings also what others share. */
export const deleteView = (
  permit: Permit<'orders.read'>,
  id: string,
): Promise<Result<{ readonly name: string }, { code: 'unknown_view' }>> =>
  db.transaction(async (tx) => {
    const shared = mayDo(permit.roles, 'settings.edit') ? eq(orderViews.shared, true) : sql`false`
    const [removed] = await tx
      .delete(orderViews)
      .where(and(eq(orderViews.id, id), or(eq(orderViews.staffId, permit.staffId), shared)))
      .returning({ name: orderViews.name, shared: orderViews.shared })
    if (!removed) return err({ code: 'unknown_view' })
    const about = { kind: 'order_view', id }
    await appendAuditEntry(tx, { actor: staffActor(permit), action: 'orders.delete_view', about, before: removed })
    return ok({ name: removed.name })
  })
