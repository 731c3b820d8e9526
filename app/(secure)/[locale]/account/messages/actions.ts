'use server'

import { z } from 'zod'
import { customerAction } from '#app/_doors/customer-action.ts'
import { chooseMails } from '#db/mails/mail-choices.ts'
import { done } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { MailChoiceFields, readChoices } from '#lib/mail/mail-choice-form.ts'

/** Keeps what a customer wants to be written of. */
export const chooseMailsAction = customerAction(z.object(MailChoiceFields), async (ticked, { account, locale }) => {
  await chooseMails(account.email, readChoices(ticked), 'account', new Date())
  return done(translator(locale)('mailChoices.kept'))
})
