import 'server-only'
import { addAccountLink } from '#db/accounts/add-account-link.ts'
import { ensureAccount, findAccountByEmail } from '#db/accounts/find-account.ts'
import { isInvited } from '#db/accounts/is-invited.ts'
import type { JobData } from '#db/jobs/queues.ts'
import type { AccountLinkKind } from '../domain/account-links.ts'
import { accountLinkPath, accountPath, homePath, signInPath } from '../paths.ts'
import type { AccountMail, AccountMailKind } from './account-mail.ts'
import type { RenderedMail } from './order-mail.ts'

export type AccountMailSender = {
  readonly render: (mail: AccountMail) => Promise<RenderedMail>
  readonly send: (to: string, messageId: string, mail: RenderedMail) => Promise<void>
}

/** What is to be mailed, and the link that its button is. */
type Plan = { readonly kind: AccountMailKind; readonly link: { kind: AccountLinkKind; accountId: string } | null }

/** What a wish comes to; null where there is nobody to write to. */
async function plan({ wish, email, locale, accountId }: JobData['send-account-mail']): Promise<Plan | null> {
  switch (wish) {
    case 'sign_up': {
      const account = await ensureAccount(email, locale)
      return account.confirmedAt
        ? { kind: 'known_already', link: { kind: 'sign_in', accountId: account.id } }
        : { kind: 'confirm', link: { kind: 'confirm', accountId: account.id } }
    }
    case 'sign_in':
    case 'reset': {
      const account = await findAccountByEmail(email)
      return account?.confirmedAt ? { kind: wish, link: { kind: wish, accountId: account.id } } : null
    }
    case 'change_email': {
      const taken = await findAccountByEmail(email)
      return taken || accountId === undefined ? null : { kind: wish, link: { kind: wish, accountId } }
    }
    case 'invite':
      return accountId && (await isInvited(accountId)) ? { kind: wish, link: { kind: wish, accountId } } : null
    case 'password_changed':
    case 'email_changed':
    case 'erased':
      return { kind: wish, link: null }
  }
}

/**
 * Writes one mail about an account. A second run of its job sends it again under the same message id with a further
 * link; both are good. Throws what the mail server says, so that the job tries again.
 * @param publicUrl where the shop is reached, without a slash at the end.
 */
export async function writeAccountMail(
  wanted: JobData['send-account-mail'],
  { render, send }: AccountMailSender,
  publicUrl: string,
  now: Date,
): Promise<'sent' | 'nobody'> {
  const { email, locale, mailId } = wanted
  const planned = await plan(wanted)
  if (!planned) return 'nobody'
  const { kind, link } = planned
  const path = link ? accountLinkPath(locale, await addAccountLink({ ...link, email }, now)) : placeOf(kind, locale)
  await send(email, `${mailId}@${new URL(publicUrl).hostname}`, await render({ kind, locale, url: publicUrl + path }))
  return 'sent'
}

/** Where the button of a mail leads that is no link of its own. */
function placeOf(kind: AccountMailKind, locale: AccountMail['locale']): string {
  if (kind === 'password_changed') return accountPath(locale)
  return kind === 'erased' || kind === 'email_changed' ? homePath(locale) : signInPath(locale)
}
