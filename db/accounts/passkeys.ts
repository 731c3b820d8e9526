import 'server-only'
import { and, asc, count, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
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

/** Keeps a new one and writes it into the log of staff. `taken` is one that we know already, of anybody; `too_many` is more than ten. */
export const addPasskey = (
  accountId: string,
  passkey: { readonly id: Buffer; readonly publicKey: Buffer; readonly counter: number; readonly name: string },
  ip: string,
): Promise<Result<null, { readonly code: 'taken' | 'too_many' }>> =>
  db.transaction(async (tx) => {
    const [kept] = await tx.select({ number: count() }).from(passkeys).where(eq(passkeys.accountId, accountId))
    if ((kept?.number ?? 0) >= PASSKEYS_AT_MOST) return err({ code: 'too_many' })
    const added = await tx
      .insert(passkeys)
      .values({ accountId, ...passkey })
      .onConflictDoNothing()
      .returning({ id: passkeys.id })
    if (added.length === 0) return err({ code: 'taken' })
    await note(tx, 'staff.passkey_added', accountId, passkey.name, ip)
    return ok(null)
  })

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

/** Takes a passkey out of use and writes so into the log. @returns false for one that is not there or somebody else's. */
export const removePasskey = (accountId: string, id: Buffer, ip: string): Promise<boolean> =>
  db.transaction(async (tx) => {
    const [removed] = await tx
      .delete(passkeys)
      .where(and(eq(passkeys.id, id), eq(passkeys.accountId, accountId)))
      .returning({ name: passkeys.name })
    if (removed) await note(tx, 'staff.passkey_removed', accountId, removed.name, ip)
    return removed !== undefined
  })

const note = (tx: Transaction, action: string, accountId: string, name: string, ip: string) =>
  appendAuditEntry(tx, {
    actor: staffActor({ staffId: accountId }),
    action,
    about: { kind: 'staff', id: accountId },
    after: { name },
    ip,
  })

/** Spends the challenge of an instant. @returns false when it, or a later one of this session, was spent before. */
export async function spendChallenge(sessionId: string, at: Date): Promise<boolean> {
  const spent = await db
    .update(sessions)
    .set({ challengeSpentAt: at })
    .where(and(eq(sessions.id, sessionId), or(isNull(sessions.challengeSpentAt), lt(sessions.challengeSpentAt, at))))
    .returning({ id: sessions.id })
  return spent.length > 0
}
