'use server'

import { z } from 'zod'
import { publicAction } from '#app/_doors/public-action.ts'
import { emailField } from '#lib/auth/account-fields.ts'
import { askForMail } from '#lib/auth/ask-for-mail.ts'
import { done } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'

/** Has a link mailed with which an account is opened. Whoever has one already is told so, in the mail alone. */
export const signUpAction = publicAction(
  z.object({ email: emailField }),
  async ({ email }, { locale }) => {
    await askForMail({ wish: 'sign_up', email, locale })
    return done(translator(locale)('account.signUp.sent', { email }))
  },
  { limit: 'sign-up' },
)
