import 'server-only'
import { findAccountByEmail } from '#db/accounts/find-account.ts'
import { clearLimit, type LimitReached, takeFromLimit } from '#db/limits/take-from-limit.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { isPassword } from './password.ts'

export type KnownAccount = { readonly id: string; readonly name: string | null }

/**
 * Looks whether this is the password of the account with this e-mail. Known and unknown addresses take the same steps,
 * the hash and the counting included, so that neither words nor time tell them apart.
 * @param email as `parseEmail` gives it.
 */
export async function checkPassword(
  email: string,
  password: string,
): Promise<Result<KnownAccount, LimitReached | { readonly code: 'wrong' }>> {
  const taken = await takeFromLimit('sign-in', email)
  if (!taken.ok) return taken
  const account = await findAccountByEmail(email)
  const right = await isPassword(password, account?.passwordHash ?? null)
  if (!right || !account) return err({ code: 'wrong' })
  await clearLimit('sign-in', email)
  return ok({ id: account.id, name: account.name })
}
