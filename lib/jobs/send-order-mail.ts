import 'server-only'
import { z } from 'zod'
import { env } from '../env.ts'
import { ORDER_MAIL_KINDS } from '../mail/order-mail.ts'
import { writeOrderMail } from '../mail/write-order-mail.ts'
import { defineJob } from './job.ts'
import { mailSender } from './mail-sender.ts'

/** Which mail, and what of the order it tells of. */
export const orderMailData = z.object({
  orderId: z.uuid(),
  kind: z.enum(ORDER_MAIL_KINDS),
  refundId: z.uuid().optional(),
  parcelId: z.uuid().optional(),
  requestId: z.uuid().optional(),
  ticketId: z.uuid().optional(),
})

/** Writes a mail about an order to its shopper. */
export const sendOrderMailJob = defineJob({
  name: 'send-order-mail',
  data: orderMailData,
  run: async (mail, { now }) => ({
    ...mail,
    outcome: await writeOrderMail(mail, mailSender(), env.PUBLIC_URL, now),
  }),
})
