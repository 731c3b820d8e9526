import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import { staffActor } from '#lib/domain/permissions.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { accounts, staff, staffInvitations } from './schema.ts'
import { spend, spendOthers } from './use-account-link.ts'

/** Whoever is new here chooses a name and a password; who has an account keeps both. */
export type NewColleague = { readonly name: string | null; readonly passwordHash: string }

/**
 * Makes who was invited one of the staff, with the roles of the invitation: the link is spent, and so are its others.
 * Refused as unknown when the invitation was taken back.
 */
export const acceptInvitation = (secret: string, fresh: NewColleague | null, now: Date) =>
  spend('invite', secret, now, async (tx, account) => {
    const [invited] = await tx
      .delete(staffInvitations)
      .where(
        and(
          eq(staffInvitations.accountId, account.id),
          sql`${staffInvitations.expiresAt} > ${now.toISOString()}::timestamptz`,
        ),
      )
      .returning({ roles: staffInvitations.roles, invitedBy: staffInvitations.invitedBy })
    if (!invited) return 'unknown'
    const { roles, invitedBy } = invited
    if (fresh)
      await tx
        .update(accounts)
        .set({ ...fresh, confirmedAt: now })
        .where(eq(accounts.id, account.id))
    await tx
      .insert(staff)
      .values({ accountId: account.id, roles })
      .onConflictDoUpdate({ target: staff.accountId, set: { roles, endedAt: null } })
    await spendOthers(tx, account.id, null, now)
    await appendAuditEntry(tx, {
      actor: staffActor({ staffId: account.id }),
      action: 'staff.join',
      about: { kind: 'staff', id: account.id },
      after: { roles, invitedBy },
    })
    return null
  })
