import 'server-only'
import { err, ok, type Result } from '#lib/result.ts'
import type { Locale } from '../domain/locale.ts'
import { PASSWORD_AT_LEAST, PASSWORD_AT_MOST, passwordProblem } from '../domain/password-rules.ts'
import { translator } from '../i18n/translator.ts'
import { isCommonPassword } from './common-passwords.ts'
import { hashPassword } from './password.ts'

/** The hash of a password that somebody chose, or a sentence about what is wrong with it. */
export async function choosePassword(
  password: string,
  about: readonly string[],
  locale: Locale,
): Promise<Result<string, { readonly code: 'weak'; readonly said: string }>> {
  const problem = passwordProblem(password, about, isCommonPassword)
  if (problem === null) return ok(await hashPassword(password))
  const said = translator(locale)(`account.passwordProblem.${problem}`, {
    least: PASSWORD_AT_LEAST,
    most: PASSWORD_AT_MOST,
  })
  return err({ code: 'weak', said })
}
