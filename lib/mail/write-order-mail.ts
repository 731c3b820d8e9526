import 'server-only'
import type { JobData } from '#db/jobs/queues.ts'
import { beginOrderMail, endOrderMail } from '#db/mails/begin-order-mail.ts'
import { readMailedOrder } from '#db/mails/read-mailed-order.ts'
import { readMailedRefund } from '#db/mails/read-mailed-refund.ts'
import { addOrderLink } from '#db/orders/add-order-link.ts'
import { addressLines } from '../domain/address.ts'
import { timesFen } from '../domain/money.ts'
import type { OrderState } from '../domain/order-state.ts'
import type { RefundState } from '../domain/refund-state.ts'
import { orderPath } from '../paths.ts'
import {
  isRefundMail,
  type OrderMail,
  type OrderMailKind,
  type RefundMailKind,
  type RenderedMail,
} from './order-mail.ts'

/** A mail that was overtaken by what happened since is not sent: nobody is asked to pay what is paid. */
const STILL_TRUE = {
  order_placed: ['pending_payment'],
  order_expiring: ['pending_payment'],
  order_paid: ['confirmed', 'completed'],
  order_revived: ['confirmed', 'completed'],
  order_cancelled: ['cancelled', 'expired'],
} as const satisfies Record<Exclude<OrderMailKind, RefundMailKind>, readonly OrderState[]>
const REFUND_STILL = {
  refund_sent: ['pending', 'processing'],
  refund_arrived: ['succeeded'],
  refund_failed: ['failed'],
  refund_abnormal: ['abnormal'],
} as const satisfies Record<RefundMailKind, readonly RefundState[]>

export type MailSender = {
  readonly render: (mail: OrderMail) => Promise<RenderedMail>
  readonly send: (to: string, messageId: string, mail: RenderedMail) => Promise<void>
}

export type MailOutcome = 'sent' | 'sent_before' | 'overtaken' | 'unknown_order'

/**
 * Writes one mail of an order, once: a second run of the same job finds it sent. Throws what the mail server says, so
 * that the job tries again.
 * @param publicUrl where the shop is reached, without a slash at the end.
 */
export async function writeOrderMail(
  { orderId, kind, refundId }: JobData['send-order-mail'],
  { render, send }: MailSender,
  publicUrl: string,
  now: Date,
): Promise<MailOutcome> {
  const found = await readMailedOrder(orderId)
  if (!found) return 'unknown_order'
  const { order, address, lines } = found
  const refund = refundId === undefined ? null : await readMailedRefund(refundId)
  if (!isStillTrue(kind, order.state, refund?.state)) return 'overtaken'

  const claimed = await beginOrderMail({ orderId, kind, about: refundId ?? '' }, now)
  if (claimed === null) return 'sent_before'
  const secret = await addOrderLink(orderId)
  const rendered = await render({
    kind,
    locale: order.locale,
    order: {
      number: order.number,
      url: `${publicUrl}${orderPath(order.locale, secret)}`,
      payBefore: order.expiresAt,
      lines: lines.map(({ name, option, quantity, unitPriceFen }) => ({
        name,
        option,
        quantity,
        total: timesFen(unitPriceFen, quantity),
      })),
      subtotal: order.subtotalFen,
      shipping: order.shippingFen,
      total: order.totalFen,
      address: address ? addressLines(address, address.country === 'CN') : [],
    },
    refund,
  })
  await send(order.email, `${claimed}@${new URL(publicUrl).hostname}`, rendered)
  await endOrderMail(claimed, now)
  return 'sent'
}

const isStillTrue = (kind: OrderMailKind, order: OrderState, refund: RefundState | undefined): boolean =>
  isRefundMail(kind)
    ? refund !== undefined && (REFUND_STILL[kind] as readonly RefundState[]).includes(refund)
    : (STILL_TRUE[kind] as readonly OrderState[]).includes(order)
