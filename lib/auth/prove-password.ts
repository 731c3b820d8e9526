import 'server-only'
import { findPasswordHash } from '#db/accounts/find-account.ts'
import { clearLimit, takeFromLimit } from '#db/limits/take-from-limit.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Account } from '../domain/account.ts'
import type { Locale } from '../domain/locale.ts'
import { translator } from '../i18n/translator.ts'
import { isPassword } from './password.ts'

/**
 * Asks who is signed in for their password once more, before what cannot be undone. Guesses count with those at the
 * sign-in. @returns a sentence about what is wrong otherwise.
 */
export async function provePassword(
  { id, email }: Account,
  password: string,
  locale: Locale,
): Promise<Result<null, { readonly code: 'not_proved'; readonly said: string }>> {
  const t = translator(locale)
  const taken = await takeFromLimit('sign-in', email)
  if (!taken.ok)
    return err({ code: 'not_proved', said: t('form.tooOften', { minutes: Math.ceil(taken.error.retryAfterS / 60) }) })
  const kept = await findPasswordHash(id)
  if (!(await isPassword(password, kept)))
    return err({ code: 'not_proved', said: t(kept === null ? 'account.noPassword' : 'account.wrongPassword') })
  await clearLimit('sign-in', email)
  return ok(null)
}
