import 'server-only'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { findExport } from './read-exports.ts'

/** A written file that its reader asked for, with a line in the log of who took it out. Null for anybody else's. */
export async function takeExport(permit: Permit<'orders.export'>, id: string, ip: string) {
  const found = await findExport(permit, id)
  if (!found) return null
  await appendAuditEntry(db, {
    actor: staffActor(permit),
    action: 'orders.take_export',
    about: { kind: 'order_export', id },
    after: { rows: found.rows },
    ip,
  })
  return found
}
