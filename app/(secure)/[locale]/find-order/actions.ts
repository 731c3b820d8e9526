'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { publicAction } from '#app/_doors/public-action.ts'
import { askForOrder } from '#db/orders/ask-for-order.ts'
import { spendOrderTicket } from '#db/orders/order-ticket.ts'
import { parseOrderNumber } from '#lib/domain/order-number.ts'
import { done, refused } from '#lib/doors/answer.ts'
import { translator } from '#lib/i18n/translator.ts'
import { orderPath } from '#lib/paths.ts'

const Asked = z.object({
  number: z
    .string()
    .max(60)
    .refine((typed) => parseOrderNumber(typed) !== null, 'customer.find.wrongNumber'),
  email: z
    .string()
    .max(254)
    .transform((typed) => typed.normalize('NFKC').trim().toLowerCase())
    .pipe(z.email()),
})

/**
 * Has a link to an order mailed to whom it belongs. What is asked for goes to the worker whether there is such an order
 * or not, so that neither the answer nor its time tells.
 */
export const findOrderAction = publicAction(
  Asked,
  async ({ number, email }, { locale }) => {
    const parsed = parseOrderNumber(number)
    if (parsed) await askForOrder(parsed, email)
    return done(translator(locale)('customer.find.done', { email }))
  },
  { limit: 'look-up' },
)

/** Opens an order with a mailed ticket, once. */
export const openTicketAction = publicAction(
  z.object({ secret: z.string().max(60) }),
  async ({ secret }, { locale }) => {
    const opened = await spendOrderTicket(secret, new Date())
    if (!opened.ok) return refused(translator(locale)(`customer.ticket.${opened.error.code}.text`))
    redirect(orderPath(locale, opened.value))
  },
  { limit: 'open-link' },
)
