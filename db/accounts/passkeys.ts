import 'server-only'
import { and, asc, count, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { err, ok, type Result } from '#lib/result.ts'
import { db } from '../client.ts'
import { passkeys, sessions } from './schema.ts'

const PASSKEYS_AT_MOST = 10

export type Passkey = {
  /** Base64url. */
  readonly id: string
  readonly name: string
  readonly addedAt: Date
  readonly usedAt: Date | null
}

/** Somebody's passkeys, the oldest first. */
export async function listPasskeys(accountId: string): Promise<readonly Passkey[]> {
  const rows = await db
    .select({ id: passkeys.id, name: passkeys.name, addedAt: passkeys.addedAt, usedAt: passkeys.usedAt })
    .from(passkeys)
    .where(eq(passkeys.accountId, accountId))
    .orderBy(asc(passkeys.addedAt))
  return rows.map(({ id, ...row }) => ({ ...row, id: id.toString('base64url') }))
}

/** Keeps a new one. `taken` is one that we know already, of anybody; `too_many` is more than ten. */
export async function addPasskey(
  accountId: string,
  passkey: { readonly id: Buffer; readonly publicKey: Buffer; readonly counter: number; readonly name: string },
): Promise<Result<null, { readonly code: 'taken' | 'too_many' }>> {
  const [kept] = await db.select({ number: count() }).from(passkeys).where(eq(passkeys.accountId, accountId))
  if ((kept?.number ?? 0) >= PASSKEYS_AT_MOST) return err({ code: 'too_many' })
  const added = await db
    .insert(passkeys)
    .values({ accountId, ...passkey })
    .onConflictDoNothing()
    .returning({ id: passkeys.id })
  return added.length > 0 ? ok(null) : err({ code: 'taken' })
}

/** Somebody's own passkey, or null. */
export async function findPasskey(accountId: string, id: Buffer) {
  const [found] = await db
    .select({ publicKey: passkeys.publicKey, counter: passkeys.counter })
    .from(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.accountId, accountId)))
  return found ?? null
}

/** Notes a use. @returns false when the count is not beyond the one that is kept: another use was faster, or a copy. */
export async function notePasskeyUse(id: Buffer, counter: number, now: Date): Promise<boolean> {
  const noted = await db
    .update(passkeys)
    .set({ counter, usedAt: now })
    .where(
      and(eq(passkeys.id, id), sql`(${passkeys.counter} = 0 and ${counter} = 0 or ${passkeys.counter} < ${counter})`),
    )
    .returning({ id: passkeys.id })
  return noted.length > 0
}

/** @returns its name; null for one that is not there or somebody else's. */
export async function removePasskey(accountId: string, id: Buffer): Promise<string | null> {
  const [removed] = await db
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.accountId, accountId)))
    .returning({ name: passkeys.name })
  return removed?.name ?? null
}

/** Spends the challenge of an instant. @returns false when it, or a later one of this session, was spent before. */
export async function spendChallenge(sessionId: string, at: Date): Promise<boolean> {
  const spent = await db
    .update(sessions)
    .set({ challengeSpentAt: at })
    .where(and(eq(sessions.id, sessionId), or(isNull(sessions.challengeSpentAt), lt(sessions.challengeSpentAt, at))))
    .returning({ id: sessions.id })
  return spent.length > 0
}
