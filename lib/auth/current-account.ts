import 'server-only'
import { redirect } from 'next/navigation'
import type { Account } from '../domain/account.ts'
import type { Locale } from '../domain/locale.ts'
import { signInPath } from '../paths.ts'
import { currentSession } from './current-session.ts'

/** Who is signed in, or null. */
export async function currentAccount(): Promise<Account | null> {
  const session = await currentSession()
  return session && { ...session.account, sessionId: session.id }
}

/**
 * Who is signed in; who is not is sent to sign in and comes back.
 * @param returnTo the path of ours to come back to.
 */
export async function requireAccount(locale: Locale, returnTo: string): Promise<Account> {
  const account = await currentAccount()
  if (!account) redirect(signInPath(locale, returnTo))
  return account
}
