import 'server-only'
import type { OrderFilter } from '#lib/domain/order-list.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'

/** Notes in the log who took a list of orders out of the house, and which. */
export async function noteExport(permit: Permit<'orders.export'>, filter: OrderFilter, ip: string): Promise<void> {
  const { text: _typed, ...narrowed } = filter
  const about = { kind: 'orders', id: 'export' }
  await appendAuditEntry(db, { actor: staffActor(permit), action: 'orders.export', about, after: narrowed, ip })
}
