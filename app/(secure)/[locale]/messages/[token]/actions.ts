'use server'

import { z } from 'zod'
import { publicAction } from '#app/_doors/public-action.ts'
import { chooseMails } from '#db/mails/mail-choices.ts'
import { done, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { MailChoiceFields, readChoices } from '#lib/mail/mail-choice-form.ts'
import { openMailChoice } from '#lib/mail/mail-choice-link.ts'

/** Keeps what the reader of a mail wants to be written of, by the link of that mail. */
export const chooseMailsByLinkAction = publicAction(
  z.object({ ...MailChoiceFields, token: z.string().max(1_000) }),
  async ({ token, ...ticked }, { locale }) => {
    const t = translator(locale)
    const choice = openMailChoice(token)
    if (!choice) return refused(t('mailChoices.unknown.text'))
    await chooseMails(choice.email, readChoices(ticked), 'link', new Date())
    return done(t('mailChoices.kept'))
  },
  { limit: 'unsubscribe' },
)
