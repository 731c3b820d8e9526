import 'server-only'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import { db } from '../../client.ts'
import { endAllSessions } from '../end-sessions.ts'

/** Signs somebody out everywhere. @returns from how many devices. */
export const endSignIns = (
  permit: Permit<'customers.erase'> | Permit<'staff.manage'>,
  accountId: string,
  now: Date,
): Promise<number> =>
  db.transaction(async (tx) => {
    const ended = await endAllSessions(tx, accountId, now)
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      action: 'account.end_sign_ins',
      about: { kind: 'account', id: accountId },
      after: { ended },
    })
    return ended
  })
