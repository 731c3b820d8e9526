import 'server-only'
import { and, eq, ne, sql } from 'drizzle-orm'
import type { OrderFilter } from '#lib/domain/order-list.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { orderViews } from './schema.ts'

/** More would be no list that one finds something in. */
export const VIEWS_AT_MOST = 20

export type SaveView = { readonly name: string; readonly filter: OrderFilter; readonly shared: boolean }

/** Keeps a list under a name of one's own; the same name again takes the place of what it was. */
export const saveView = (
  permit: Permit<'orders.read'>,
  { name, filter, shared }: SaveView,
): Promise<Result<null, { code: 'too_many' }>> =>
  db.transaction(async (tx) => {
    const { staffId } = permit
    // One after the other, so that two tabs do not get past the number together.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('order_views:' || ${staffId}, 0))`)
    const others = and(eq(orderViews.staffId, staffId), ne(orderViews.name, name))
    if ((await tx.$count(orderViews, others)) >= VIEWS_AT_MOST) return err({ code: 'too_many' })
    const [saved] = await tx
      .insert(orderViews)
      .values({ staffId, name, filter, shared })
      .onConflictDoUpdate({
        target: [orderViews.staffId, orderViews.name],
        set: { filter, shared, savedAt: sql`now()` },
      })
      .returning({ id: orderViews.id })
    if (!saved) throw new Error('a row that was written did not come back')
    const about = { kind: 'order_view', id: saved.id }
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      action: 'orders.save_view',
      about,
      after: { name, shared },
    })
    return ok(null)
  })
