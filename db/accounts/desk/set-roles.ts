import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { changedParts } from '#lib/changed-parts.ts'
import { type Permit, type Role, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../../audit-log/append-audit-entry.ts'
import { db } from '../../client.ts'
import { endAllSessions } from '../end-sessions.ts'
import { accounts, recoveryCodes, staff } from '../schema.ts'

export type SetRolesError =
  | { readonly code: 'unknown_account' }
  /** Somebody must be left who can undo it. */
  | { readonly code: 'last_owner' }
  | { readonly code: 'changed_meanwhile' }
  | { readonly code: 'nothing_to_change' }

/**
 * Gives somebody with an account these roles, or takes all of them away: felt at their next request, since each request
 * asks for the roles. Who leaves is signed out everywhere and loses the second factor.
 * @param roles none ends their time here.
 * @param seen the roles that the form showed; none for somebody new.
 */
export const setRoles = (
  permit: Permit<'staff.manage'>,
  { email, roles, seen, now }: { email: string; roles: readonly Role[]; seen: readonly Role[]; now: Date },
): Promise<Result<null, SetRolesError>> =>
  db.transaction(async (tx) => {
    // All of them, so that two owners who take the role from each other do it one after the other.
    const known = await tx.select().from(staff).for('update')
    const [account] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email))
    if (!account) return err({ code: 'unknown_account' })
    const present = known.find(({ accountId, endedAt }) => accountId === account.id && endedAt === null)
    const before = { roles: [...(present?.roles ?? [])].sort() }
    if (before.roles.join() !== [...seen].sort().join()) return err({ code: 'changed_meanwhile' })
    const changed = changedParts(before, { roles: [...roles].sort() })
    if (!changed) return err({ code: 'nothing_to_change' })
    const otherOwners = known.filter(
      ({ accountId, endedAt, roles: has }) => accountId !== account.id && endedAt === null && has.includes('owner'),
    )
    if (otherOwners.length === 0 && !roles.includes('owner')) return err({ code: 'last_owner' })

    if (roles.length > 0)
      await tx
        .insert(staff)
        .values({ accountId: account.id, roles: [...roles] })
        .onConflictDoUpdate({ target: staff.accountId, set: { roles: [...roles], endedAt: null } })
    else {
      await tx
        .update(staff)
        .set({ endedAt: now, totpSecret: null, totpConfirmedAt: null })
        .where(and(eq(staff.accountId, account.id), isNull(staff.endedAt)))
      await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, account.id))
      await endAllSessions(tx, account.id, now)
    }
    await appendAuditEntry(tx, {
      actor: staffActor(permit),
      action: 'staff.roles',
      about: { kind: 'staff', id: account.id },
      ...changed,
    })
    return ok(null)
  })
