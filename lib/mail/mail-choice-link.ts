import { z } from 'zod'
import { openText, sealText } from '#lib/auth/seal-text.ts'
import { LOCALES } from '#lib/domain/locale.ts'
import { MAIL_TOPICS } from '#lib/domain/mail-topics.ts'
import { env } from '#lib/env.ts'
import { mailChoicePath, unsubscribePath } from '#lib/paths.ts'

const Choice = z.strictObject({ email: z.string().max(254), topic: z.enum(MAIL_TOPICS), locale: z.enum(LOCALES) })
/** Whose mails a link is about, and of which kind the mail was that it stood in. */
export type MailChoice = z.output<typeof Choice>

/**
 * The addresses by which the reader of a mail chooses without signing in: `page` for people, `oneClick` for the program
 * that shows the mail. Both are sealed, so that nobody else's can be made up and none shows an e-mail; they never
 * expire, since mails are kept. Null for a shop without AUTH_SECRET.
 */
export function mailChoiceLinks(publicUrl: string, choice: MailChoice): { page: string; oneClick: string } | null {
  if (env.AUTH_SECRET === undefined) return null
  const token = sealText('mail-choice', JSON.stringify(choice))
  return { page: `${publicUrl}${mailChoicePath(choice.locale, token)}`, oneClick: publicUrl + unsubscribePath(token) }
}

/** What a link of a mail is about; null for one that we never made. */
export function openMailChoice(token: string): MailChoice | null {
  const text = openText('mail-choice', token)
  return text === null ? null : Choice.parse(JSON.parse(text))
}
