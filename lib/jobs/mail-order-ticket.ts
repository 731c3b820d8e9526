import 'server-only'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { db } from '#db/client.ts'
import { enqueue } from '#db/jobs/enqueue.ts'
import { findOrderToMail } from '#db/orders/order-ticket.ts'
import { parseOrderNumber } from '../domain/order-number.ts'
import { defineJob } from './job.ts'

/** Mails a link to whoever asked for an order by its number and e-mail, if there is one; else nothing happens. */
export const mailOrderTicketJob = defineJob({
  name: 'mail-order-ticket',
  data: z.object({ number: z.string(), email: z.string() }),
  run: async ({ number, email }, { now }) => {
    const parsed = parseOrderNumber(number)
    const orderId = parsed && (await findOrderToMail(parsed, email, now))
    if (orderId)
      await enqueue(db, { name: 'send-order-mail', data: { orderId, kind: 'order_ticket', ticketId: randomUUID() } })
    return { number, found: Boolean(orderId) }
  },
})
