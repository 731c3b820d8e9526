import 'server-only'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { grantPermit, type Permit } from '#lib/domain/permissions.ts'
import { accounts, staff } from '../accounts/schema.ts'
import { db } from '../client.ts'
import { orderExportParts, orderExports } from './schema.ts'

export type BegunExport = typeof orderExports.$inferSelect & { readonly permit: Permit<'orders.read'> }

/**
 * Takes up a file that is to be written, from its beginning. Null when there is nothing to do: it is written, removed,
 * or who asked for it may not have it any more, which ends it.
 */
export const beginExport = (id: string, now: Date): Promise<BegunExport | null> =>
  db.transaction(async (tx) => {
    const [begun] = await tx
      .update(orderExports)
      .set({ state: 'writing', rows: 0, bytes: 0 })
      .where(and(eq(orderExports.id, id), inArray(orderExports.state, ['waiting', 'writing'])))
      .returning()
    if (!begun) return null
    await tx.delete(orderExportParts).where(eq(orderExportParts.exportId, id))
    const [person] = await tx
      .select({ name: accounts.name, email: accounts.email, roles: staff.roles })
      .from(staff)
      .innerJoin(accounts, eq(accounts.id, staff.accountId))
      .where(and(eq(staff.accountId, begun.staffId), isNull(staff.endedAt)))
    const who = person && { staffId: begun.staffId, name: person.name ?? person.email, roles: person.roles }
    const permit = who && grantPermit(who, 'orders.export') && grantPermit(who, 'orders.read')
    if (permit) return { ...begun, permit }
    await tx.update(orderExports).set({ state: 'failed', endedAt: now }).where(eq(orderExports.id, id))
    return null
  })
