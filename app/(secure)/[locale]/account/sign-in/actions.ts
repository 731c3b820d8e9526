'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { publicAction } from '#app/_doors/public-action.ts'
import { emailField, givenPasswordField, nextField } from '#lib/auth/account-fields.ts'
import { checkPassword } from '#lib/auth/check-password.ts'
import { startSession } from '#lib/auth/start-session.ts'
import { refused } from '#lib/doors/answer.ts'
import { ownPath } from '#lib/http/own-path.ts'
import { translator } from '#lib/i18n/translator.ts'
import { accountPath } from '#lib/paths.ts'

/** Signs in with a password. A wrong password and an unknown address are one answer. */
export const signInAction = publicAction(
  z.object({ email: emailField, password: givenPasswordField, next: nextField }),
  async ({ email, password, next }, { locale, ip, userAgent }) => {
    const t = translator(locale)
    const checked = await checkPassword(email, password)
    if (!checked.ok) {
      const { error } = checked
      if (error.code === 'wrong') return refused(t('account.signIn.wrong'))
      return refused(t('form.tooOften', { minutes: Math.ceil(error.retryAfterS / 60) }))
    }
    await startSession(checked.value, { ip, userAgent }, new Date())
    redirect(ownPath(next) ?? accountPath(locale))
  },
  { limit: 'sign-in-address' },
)
