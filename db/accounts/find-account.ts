import 'server-only'
import { eq } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { db } from '../client.ts'
import { accounts } from './schema.ts'

/** @param email as `parseEmail` gives it. Null for an address that nobody has. */
export async function findAccountByEmail(email: string) {
  const [account] = await db.select().from(accounts).where(eq(accounts.email, email))
  return account ?? null
}

/** The account with this address; where there is none a new one, which is nobody's until its e-mail is confirmed. */
export async function ensureAccount(email: string, locale: Locale) {
  await db.insert(accounts).values({ email, locale }).onConflictDoNothing()
  const account = await findAccountByEmail(email)
  if (!account) throw new Error('the account was not written')
  return account
}

/** The hash of somebody's password; null for who has none. */
export async function findPasswordHash(accountId: string): Promise<string | null> {
  const [found] = await db.select({ kept: accounts.passwordHash }).from(accounts).where(eq(accounts.id, accountId))
  return found?.kept ?? null
}
