import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Locale } from '#lib/domain/locale.ts'
import type { AccountMailWish } from '#lib/mail/account-mail.ts'
import type { DbOrTransaction } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'

/**
 * Asks for a mail about an account. The same work whether the address has one or not: that is found out when the mail is
 * written, so that nobody can tell by the time of an answer.
 */
export async function requestAccountMail(
  tx: DbOrTransaction,
  mail: {
    readonly wish: AccountMailWish
    readonly email: string
    readonly locale: Locale
    readonly accountId?: string
  },
): Promise<void> {
  await enqueue(tx, { name: 'send-account-mail', data: { ...mail, mailId: randomUUID() } })
}
