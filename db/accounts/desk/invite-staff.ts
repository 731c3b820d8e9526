import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { type Permit, type Role, staffActor } from '#lib/domain/permissions.ts'
import { INVITATION_GOOD_FOR_MS } from '#lib/domain/staff-invitation.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import { db } from '../../client.ts'
import { requestAccountMail } from '../request-account-mail.ts'
import { accounts, staff, staffInvitations } from '../schema.ts'
import { spendOthers } from '../use-account-link.ts'

export type InviteStaff = {
  readonly email: string
  /** One at least. */
  readonly roles: readonly Role[]
  /** Of the mail. */
  readonly locale: Locale
  readonly now: Date
}

/**
 * Invites somebody to work here, by a mailed link that is good once. To invite them again mails a further link, gives
 * them these roles instead, and ends the links before.
 */
export const inviteStaff = (
  permit: Permit<'staff.manage'>,
  { email, roles, locale, now }: InviteStaff,
): Promise<Result<null, { code: 'works_here' }>> =>
  db.transaction(async (tx) => {
    await tx.insert(accounts).values({ email, locale }).onConflictDoNothing()
    const [account] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email)).for('update')
    if (!account) throw new Error('the account was not written')
    const { id } = account
    const [works] = await tx
      .select({ id: staff.accountId })
      .from(staff)
      .where(and(eq(staff.accountId, id), isNull(staff.endedAt)))
    if (works) return err({ code: 'works_here' })
    const expiresAt = new Date(now.getTime() + INVITATION_GOOD_FOR_MS)
    const invited = { roles: [...roles], invitedBy: permit.staffId, invitedAt: now, expiresAt }
    await tx
      .insert(staffInvitations)
      .values({ accountId: id, ...invited })
      .onConflictDoUpdate({ target: staffInvitations.accountId, set: invited })
    await spendOthers(tx, id, 'invite', now)
    await requestAccountMail(tx, { wish: 'invite', email, locale, accountId: id })
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      action: 'staff.invite',
      about: { kind: 'staff', id },
      after: { roles, expiresAt },
    })
    return ok(null)
  })

/** Takes an invitation back: its links open nothing any more. */
export const revokeInvitation = (
  permit: Permit<'staff.manage'>,
  accountId: string,
  now: Date,
): Promise<Result<null, { code: 'not_invited' }>> =>
  db.transaction(async (tx) => {
    const [revoked] = await tx
      .delete(staffInvitations)
      .where(eq(staffInvitations.accountId, accountId))
      .returning({ roles: staffInvitations.roles })
    if (!revoked) return err({ code: 'not_invited' })
    await spendOthers(tx, accountId, 'invite', now)
    const about = { kind: 'staff', id: accountId }
    await appendAuditEntry(tx, { actor: staffActor(permit), action: 'staff.revoke_invitation', about, before: revoked })
    return ok(null)
  })
