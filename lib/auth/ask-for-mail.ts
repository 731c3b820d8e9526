import 'server-only'
import { requestAccountMail } from '#db/accounts/request-account-mail.ts'
import { db } from '#db/client.ts'
import { takeFromLimit } from '#db/limits/take-from-limit.ts'
import type { Locale } from '../domain/locale.ts'

/**
 * Has a link mailed to an address, five times an hour at most. Beyond that nothing is sent and nothing is said: the
 * answer would tell whether others write to this address.
 */
export async function askForMail(mail: {
  readonly wish: 'sign_up' | 'sign_in' | 'reset' | 'change_email'
  readonly email: string
  readonly locale: Locale
  readonly accountId?: string
}): Promise<void> {
  const taken = await takeFromLimit('mailed-link', mail.email)
  if (taken.ok) await requestAccountMail(db, mail)
}
