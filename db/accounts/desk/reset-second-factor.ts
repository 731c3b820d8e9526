import 'server-only'
import { eq } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import { db } from '../../client.ts'
import { endAllSessions } from '../end-sessions.ts'
import { recoveryCodes, staff } from '../schema.ts'

/** Forgets the device and the paper of somebody who lost them; they are signed out and enrol a new one. */
export const resetSecondFactor = (permit: Permit<'staff.manage'>, accountId: string, now: Date): Promise<void> =>
  db.transaction(async (tx) => {
    await tx
      .update(staff)
      .set({ totpSecret: null, totpConfirmedAt: null, totpLastStep: null })
      .where(eq(staff.accountId, accountId))
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
    await endAllSessions(tx, accountId, now)
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      action: 'staff.reset_second_factor',
      about: { kind: 'staff', id: accountId },
    })
  })
