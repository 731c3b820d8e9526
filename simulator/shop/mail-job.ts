import { defineJob } from '../../lib/jobs/job.ts'
import { orderMailData } from '../../lib/jobs/send-order-mail.ts'
import { writeOrderMail } from '../../lib/mail/write-order-mail.ts'
import { PUBLIC_URL } from '../platform/addresses.ts'

/** The job that writes mails, without the drawing of the sheet and the mail server: claim, content and once are real. */
export const mailJob = defineJob({
  name: 'send-order-mail',
  data: orderMailData,
  run: async (mail, { now }) => ({
    outcome: await writeOrderMail(mail, { render: async () => SHEET, send: async () => undefined }, PUBLIC_URL, now),
  }),
})

const SHEET = { subject: 'Comptoir', html: '<p>Comptoir</p>', text: 'Comptoir' }
