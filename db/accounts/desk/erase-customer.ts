import 'server-only'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import { undoWhenRefused } from '../../undo-when-refused.ts'
import { type EraseRefusal, eraseWithin } from '../erase-account.ts'

/**
 * Deletes the account of a customer who asked for it by letter or telephone: the same as when they do it themselves.
 * The log keeps that it was done, by whom and why, and no name.
 */
export const eraseCustomer = (
  permit: Permit<'customers.erase'>,
  { accountId, reason, ip, now }: { accountId: string; reason: string; ip: string; now: Date },
): Promise<Result<null, EraseRefusal>> =>
  undoWhenRefused<null, EraseRefusal>(async (tx) => {
    const erased = await eraseWithin(tx, accountId, now)
    if (!erased.ok) return erased
    const about = { kind: 'account', id: accountId }
    await appendAuditEntry(tx, { actor: staffActor(permit), action: 'customers.erase', about, reason, ip })
    return ok(null)
  })
