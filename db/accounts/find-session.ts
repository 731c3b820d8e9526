import 'server-only'
import { and, eq, isNull, lt } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import type { Role } from '#lib/domain/permissions.ts'
import { SEEN_EVERY_MS, type SessionTimes } from '#lib/domain/session-rules.ts'
import { db } from '../client.ts'
import { accounts, sessions, staff } from './schema.ts'

export type FoundSession = SessionTimes & {
  readonly id: string
  readonly account: {
    readonly id: string
    readonly email: string
    readonly name: string | null
    readonly locale: Locale
  }
  /** Null for who does not work here, or no longer. */
  readonly staff: { readonly roles: readonly Role[]; readonly enrolled: boolean } | null
}

/**
 * A session as it is now, with whose it is; null for one that is not there. Whether it still counts is for
 * `lib/domain/session-rules.ts` to say, by the times as they were before this look, which is noted once a minute.
 */
export async function findSession(sessionId: string): Promise<FoundSession | null> {
  const [row] = await db
    .select({ session: sessions, account: accounts, roles: staff.roles, totpConfirmedAt: staff.totpConfirmedAt })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .leftJoin(staff, and(eq(staff.accountId, accounts.id), isNull(staff.endedAt)))
    .where(eq(sessions.id, sessionId))
  if (!row) return null
  const { id, email, name, locale } = row.account
  return {
    ...row.session,
    account: { id, email, name, locale },
    staff: row.roles && { roles: row.roles, enrolled: row.totpConfirmedAt !== null },
  }
}

/** Notes that a session is in use. */
export async function noteSeen({ id, seenAt }: FoundSession, now: Date): Promise<void> {
  const before = new Date(now.getTime() - SEEN_EVERY_MS)
  if (seenAt >= before) return
  await db
    .update(sessions)
    .set({ seenAt: now })
    .where(and(eq(sessions.id, id), lt(sessions.seenAt, before), isNull(sessions.revokedAt)))
}
