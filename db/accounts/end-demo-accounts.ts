import 'server-only'
import { and, inArray, isNull } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { accounts, sessions, staff } from './schema.ts'
import { DEMO_PEOPLE } from './seed-demo-accounts.ts'

/**
 * Locks the people of the demonstration out of a shop that has become a real one: everybody knows their password.
 * @returns how many could still have come in.
 */
export async function endDemoAccounts(db: Db, now: Date): Promise<number> {
  const demo = db
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      inArray(
        accounts.email,
        DEMO_PEOPLE.map(({ email }) => email),
      ),
    )
  return db.transaction(async (tx) => {
    await tx
      .update(staff)
      .set({ endedAt: now })
      .where(and(inArray(staff.accountId, demo), isNull(staff.endedAt)))
    await tx
      .update(sessions)
      .set({ revokedAt: now })
      .where(and(inArray(sessions.accountId, demo), isNull(sessions.revokedAt)))
    const locked = await tx
      .update(accounts)
      .set({ passwordHash: null })
      .where(inArray(accounts.id, demo))
      .returning({ id: accounts.id })
    return locked.length
  })
}
