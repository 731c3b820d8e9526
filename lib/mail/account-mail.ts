import type { Locale } from '../domain/locale.ts'

/** Mails that tell of something that was done to an account. */
export const ACCOUNT_NOTICES = ['password_changed', 'email_changed', 'erased'] as const
/** What somebody can ask a mail for. Whether they have an account shows in the mail alone. */
export const ACCOUNT_MAIL_WISHES = [
  'sign_up',
  'sign_in',
  'reset',
  'change_email',
  'invite',
  ...ACCOUNT_NOTICES,
] as const
export type AccountMailWish = (typeof ACCOUNT_MAIL_WISHES)[number]

/** The mails themselves. */
export const ACCOUNT_MAIL_KINDS = [
  'confirm',
  'known_already',
  'sign_in',
  'reset',
  'change_email',
  'invite',
  ...ACCOUNT_NOTICES,
] as const
export type AccountMailKind = (typeof ACCOUNT_MAIL_KINDS)[number]

/** What a mail about an account shows. */
export type AccountMail = {
  readonly kind: AccountMailKind
  readonly locale: Locale
  /** Where its button leads: mostly a link that is good once. */
  readonly url: string
}
