'use server'

import { z } from 'zod'
import { publicAction } from '#app/_doors/public-action.ts'
import { emailField } from '#lib/auth/account-fields.ts'
import { askForMail } from '#lib/auth/ask-for-mail.ts'
import { done } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'

/** Has a link mailed that signs in, or with which a new password is chosen. The answer is the same for everybody. */
export const mailLinkAction = publicAction(
  z.object({ email: emailField, wish: z.enum(['sign_in', 'reset']) }),
  async ({ email, wish }, { locale }) => {
    await askForMail({ wish, email, locale })
    return done(translator(locale)('account.mailedLink.sent', { email }))
  },
  { limit: 'mailed-link-address' },
)
