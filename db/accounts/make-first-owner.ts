import 'server-only'
import { and, eq, isNotNull } from 'drizzle-orm'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { accounts, staff } from './schema.ts'

export type FirstOwnerError =
  /** Nobody with a confirmed address of this kind. */
  | { readonly code: 'unknown_account' }
  /** Whoever is owner gives the roles from then on, in the back office. */
  | { readonly code: 'owner_exists' }

/**
 * Makes somebody the owner of a shop that has none: the one role that no member of staff can give.
 * @param email as `parseEmail` gives it.
 */
export const makeFirstOwner = (email: string): Promise<Result<null, FirstOwnerError>> =>
  db.transaction(async (tx) => {
    const known = await tx.select().from(staff).for('update')
    if (known.some(({ roles, endedAt }) => endedAt === null && roles.includes('owner')))
      return err({ code: 'owner_exists' })
    const [account] = await tx
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.email, email), isNotNull(accounts.confirmedAt)))
      .for('update')
    if (!account) return err({ code: 'unknown_account' })
    const roles = { roles: ['owner' as const], endedAt: null }
    await tx
      .insert(staff)
      .values({ accountId: account.id, ...roles })
      .onConflictDoUpdate({ target: staff.accountId, set: roles })
    await appendAuditEntry(tx, {
      actor: 'system',
      action: 'staff.first_owner',
      about: { kind: 'staff', id: account.id },
      after: { roles: ['owner'] },
    })
    return ok(null)
  })
