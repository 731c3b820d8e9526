import 'server-only'
import { asc, eq, or, sql } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { accounts } from '../accounts/schema.ts'
import { db } from '../client.ts'
import { orderViews } from './schema.ts'

/** One's own lists and those that others share, by name; `by` is who shares one that is not one's own. */
export const listViews = ({ staffId }: Permit<'orders.read'>) =>
  db
    .select({
      id: orderViews.id,
      name: orderViews.name,
      filter: orderViews.filter,
      shared: orderViews.shared,
      by: sql<string | null>`case when ${orderViews.staffId} <> ${staffId}::uuid
        then (select coalesce(${accounts.name}, ${accounts.email}) from ${accounts}
          where ${accounts.id} = ${orderViews.staffId}) end`,
      own: sql<boolean>`${orderViews.staffId} = ${staffId}::uuid`,
    })
    .from(orderViews)
    .where(or(eq(orderViews.staffId, staffId), eq(orderViews.shared, true)))
    .orderBy(asc(orderViews.name), asc(orderViews.id))
