import 'server-only'
import { eq } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { endAllSessions } from './end-sessions.ts'
import { requestAccountMail } from './request-account-mail.ts'
import { accounts } from './schema.ts'

/** Keeps how somebody is called and which language they are written in. */
export async function changeProfile(
  accountId: string,
  profile: { readonly name: string | null; readonly locale: Locale },
): Promise<void> {
  await db.update(accounts).set(profile).where(eq(accounts.id, accountId))
}

/** Gives an account a new password, signs out every device but the session `keep`, and writes to its owner. */
export async function changePassword(
  account: { readonly id: string; readonly email: string; readonly locale: Locale },
  passwordHash: string,
  keep: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(accounts).set({ passwordHash }).where(eq(accounts.id, account.id))
    await endAllSessions(tx, account.id, now, keep)
    await requestAccountMail(tx, { wish: 'password_changed', email: account.email, locale: account.locale })
  })
}
