import 'server-only'
import { and, eq, isNotNull, isNull, lt, or } from 'drizzle-orm'
import { db } from '../client.ts'
import { recoveryCodes, sessions, staff } from './schema.ts'

/** The sealed secret of somebody's device and whether it counts yet; null for who does not work here. */
export async function findTotp(accountId: string) {
  const [found] = await db
    .select({ sealed: staff.totpSecret, confirmedAt: staff.totpConfirmedAt })
    .from(staff)
    .where(and(eq(staff.accountId, accountId), isNull(staff.endedAt)))
  return found ?? null
}

/** Keeps a secret for who has none yet. @returns the one that is kept now: of two at once the first. */
export async function offerTotp(accountId: string, sealed: string): Promise<string | null> {
  await db
    .update(staff)
    .set({ totpSecret: sealed })
    .where(and(eq(staff.accountId, accountId), isNull(staff.totpSecret)))
  return (await findTotp(accountId))?.sealed ?? null
}

/** Spends a step of 30 s. @returns false when this one or a later one was spent before: a code is good once. */
export async function spendTotpStep(accountId: string, step: number): Promise<boolean> {
  const spent = await db
    .update(staff)
    .set({ totpLastStep: step })
    .where(and(eq(staff.accountId, accountId), or(isNull(staff.totpLastStep), lt(staff.totpLastStep, step))))
    .returning({ accountId: staff.accountId })
  return spent.length > 0
}

/** Spends a code from paper by its hash. @returns false for one that is not theirs or was used. */
export async function spendRecoveryCode(accountId: string, codeHash: Buffer, now: Date): Promise<boolean> {
  const spent = await db
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(
      and(eq(recoveryCodes.accountId, accountId), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)),
    )
    .returning({ accountId: recoveryCodes.accountId })
  return spent.length > 0
}

/** Takes a device for good, with the hashes of the codes for the day when it is lost. */
export async function confirmTotp(accountId: string, codeHashes: readonly Buffer[], now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(staff).set({ totpConfirmedAt: now }).where(eq(staff.accountId, accountId))
    await tx.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId))
    await tx.insert(recoveryCodes).values(codeHashes.map((codeHash) => ({ accountId, codeHash })))
  })
}

/** Notes that a code was given: the first opens the back office, each one what is dangerous for a few minutes. */
export async function noteCodeGiven(sessionId: string, { opens }: { opens: boolean }, now: Date): Promise<void> {
  await db
    .update(sessions)
    .set({ steppedUpAt: now, seenAt: now, ...(opens ? { secondFactorAt: now } : {}) })
    .where(eq(sessions.id, sessionId))
}

/** The sealed secrets of all devices, also of who has left: the row stays, and may come back. */
export async function listSealedTotp(): Promise<readonly { readonly accountId: string; readonly sealed: string }[]> {
  const rows = await db
    .select({ accountId: staff.accountId, sealed: staff.totpSecret })
    .from(staff)
    .where(isNotNull(staff.totpSecret))
  return rows.flatMap(({ accountId, sealed }) => (sealed === null ? [] : [{ accountId, sealed }]))
}

/** Puts another seal in place of one that is still there. @returns false when it was replaced meanwhile. */
export async function replaceSealedTotp(accountId: string, from: string, to: string): Promise<boolean> {
  const replaced = await db
    .update(staff)
    .set({ totpSecret: to })
    .where(and(eq(staff.accountId, accountId), eq(staff.totpSecret, from)))
    .returning({ accountId: staff.accountId })
  return replaced.length > 0
}
