import { z } from 'zod'
import { defineJob } from '../../lib/jobs/job.ts'
import { ORDER_MAIL_KINDS } from '../../lib/mail/order-mail.ts'
import { writeOrderMail } from '../../lib/mail/write-order-mail.ts'
import { PUBLIC_URL } from '../platform/addresses.ts'

/** The job that writes mails, without the drawing of the sheet and the mail server: claim, content and once are real. */
export const mailJob = defineJob({
  name: 'send-order-mail',
  data: z.object({ orderId: z.uuid(), kind: z.enum(ORDER_MAIL_KINDS) }),
  run: async (mail, { now }) => ({
    outcome: await writeOrderMail(mail, { render: async () => SHEET, send: async () => undefined }, PUBLIC_URL, now),
  }),
})

const SHEET = { subject: 'Comptoir', html: '<p>Comptoir</p>', text: 'Comptoir' }
