import 'server-only'
import { and, eq, isNull, ne } from 'drizzle-orm'
import { type DbOrTransaction, db } from '../client.ts'
import { sessions } from './schema.ts'

/** Signs one device of an account out. @returns false for a session that is not theirs or has ended. */
export async function endSession(accountId: string, sessionId: string, now: Date): Promise<boolean> {
  const ended = await db
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.id, sessionId), eq(sessions.accountId, accountId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id })
  return ended.length > 0
}

/** Signs every device of an account out, but for the session `keep`. @returns how many. */
export async function endAllSessions(
  tx: DbOrTransaction,
  accountId: string,
  now: Date,
  keep: string | null = null,
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ revokedAt: now })
    .where(
      and(
        eq(sessions.accountId, accountId),
        isNull(sessions.revokedAt),
        keep === null ? undefined : ne(sessions.id, keep),
      ),
    )
    .returning({ id: sessions.id })
  return ended.length
}
