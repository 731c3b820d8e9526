import 'server-only'
import { z } from 'zod'
import { LOCALES } from '../domain/locale.ts'
import { env } from '../env.ts'
import { ACCOUNT_MAIL_WISHES } from '../mail/account-mail.ts'
import { writeAccountMail } from '../mail/write-account-mail.ts'
import { defineJob } from './job.ts'
import { mailSender } from './mail-sender.ts'

/** Writes a mail about an account. Its result says nothing of whom it went to: it is logged. */
export const sendAccountMailJob = defineJob({
  name: 'send-account-mail',
  data: z.object({
    wish: z.enum(ACCOUNT_MAIL_WISHES),
    email: z.string(),
    locale: z.enum(LOCALES),
    mailId: z.uuid(),
    accountId: z.uuid().optional(),
  }),
  run: async (mail, { now }) => ({
    wish: mail.wish,
    outcome: await writeAccountMail(mail, mailSender(), env.PUBLIC_URL, now),
  }),
})
