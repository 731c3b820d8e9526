import { createTranslator } from 'use-intl/core'
import en from '#lib/i18n/messages/en/account-mail.json' with { type: 'json' }
import fr from '#lib/i18n/messages/fr/account-mail.json' with { type: 'json' }
import zh from '#lib/i18n/messages/zh/account-mail.json' with { type: 'json' }
import type { AccountMail } from '../account-mail.ts'

const messages = { en, fr, zh }

/** The words of one mail in its reader's language. */
export function accountMailWords({ kind, locale }: AccountMail) {
  const t = createTranslator({ locale, messages: messages[locale] })
  return {
    subject: t(`${kind}.subject`),
    heading: t(`${kind}.heading`),
    body: t(`${kind}.body`),
    action: t(`${kind}.action`),
    footer: t(`${kind}.footer`),
  }
}
export type AccountMailWords = ReturnType<typeof accountMailWords>
