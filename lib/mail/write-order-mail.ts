import 'server-only'
import type { JobData } from '#db/jobs/queues.ts'
import { beginOrderMail, endOrderMail } from '#db/mails/begin-order-mail.ts'
import { wantsMail } from '#db/mails/mail-choices.ts'
import { readMailedOrder } from '#db/mails/read-mailed-order.ts'
import { readMailedParcel } from '#db/mails/read-mailed-parcel.ts'
import { readMailedRefund } from '#db/mails/read-mailed-refund.ts'
import { readMailedRequest } from '#db/mails/read-mailed-request.ts'
import { addOrderLink } from '#db/orders/add-order-link.ts'
import { addOrderTicket } from '#db/orders/order-ticket.ts'
import { mayAskForReview } from '#db/reviews/may-ask-for-review.ts'
import { readShopRules } from '#db/settings/read-shop-rules.ts'
import { addressLines } from '../domain/address.ts'
import type { AfterSaleState } from '../domain/after-sale-state.ts'
import { trackingUrl } from '../domain/carriers.ts'
import type { Locale } from '../domain/locale.ts'
import { timesFen } from '../domain/money.ts'
import { ORDER_STATES, type OrderState } from '../domain/order-state.ts'
import type { RefundState } from '../domain/refund-state.ts'
import { accountOrderPath, orderPath, orderTicketPath } from '../paths.ts'
import { contactOf } from '../shop-rules.ts'
import { aboutOfMail } from './about-mail.ts'
import { mailChoiceLinks } from './mail-choice-link.ts'
import {
  isParcelMail,
  isRefundMail,
  isRequestMail,
  type OrderMail,
  type OrderMailKind,
  type ParcelMailKind,
  type RefundMailKind,
  type RenderedMail,
  type RequestMailKind,
  topicOfMail,
} from './order-mail.ts'

type OwnMailKind = Exclude<OrderMailKind, RefundMailKind | ParcelMailKind | RequestMailKind>

/** A mail that was overtaken by what happened since is not sent: nobody is asked to pay what is paid. */
const STILL_TRUE = {
  order_placed: ['pending_payment'],
  order_expiring: ['pending_payment'],
  order_paid: ['confirmed', 'completed'],
  order_revived: ['confirmed', 'completed'],
  order_cancelled: ['cancelled', 'expired'],
  order_ticket: ORDER_STATES,
  review_asked: ['confirmed', 'completed'],
} as const satisfies Record<OwnMailKind, readonly OrderState[]>
const REFUND_STILL = {
  refund_sent: ['pending', 'processing'],
  refund_arrived: ['succeeded'],
  refund_failed: ['failed'],
  refund_abnormal: ['abnormal'],
} as const satisfies Record<RefundMailKind, readonly RefundState[]>
const REQUEST_STILL = {
  request_taken: ['requested'],
  request_approved: ['approved'],
  request_declined: ['declined'],
  request_received: ['goods_received', 'refunding', 'refunded'],
} as const satisfies Record<RequestMailKind, readonly AfterSaleState[]>

export type MailSender = {
  readonly render: (mail: OrderMail) => Promise<RenderedMail>
  readonly send: (to: string, messageId: string, mail: RenderedMail, unsubscribeUrl: string | null) => Promise<void>
}

/** `unwanted`: its reader does without mails of this kind. */
export type MailOutcome = 'sent' | 'sent_before' | 'overtaken' | 'unwanted' | 'unknown_order'

/**
 * Writes one mail of an order, once: a second run of the same job finds it sent. Throws what the mail server says, so
 * that the job tries again.
 * @param publicUrl where the shop is reached, without a slash at the end.
 */
export async function writeOrderMail(
  mail: JobData['send-order-mail'],
  { render, send }: MailSender,
  publicUrl: string,
  now: Date,
): Promise<MailOutcome> {
  const { orderId, kind } = mail
  const found = await readMailedOrder(orderId)
  if (!found) return 'unknown_order'
  const { order, address, lines, accountEmail } = found
  const about = await readAbout(mail)
  if (!isStillTrue(kind, order.state, about)) return 'overtaken'
  const topic = topicOfMail(kind)
  if (topic && !(await wantsMail(topic, [order.email, accountEmail ?? order.email]))) return 'unwanted'

  const claimed = await beginOrderMail({ orderId, kind, about: idOfAbout(mail) }, now)
  if (claimed === null) return 'sent_before'
  const choices = topic && mailChoiceLinks(publicUrl, { email: order.email, topic, locale: order.locale })
  const rendered = await render({
    kind,
    locale: order.locale,
    order: {
      number: order.number,
      url: `${publicUrl}${await pathFor(kind, order, now)}`,
      payBefore: order.expiresAt,
      lines: lines.flatMap(({ position, name, option, quantity: ordered, unitPriceFen }) => {
        const quantity = about.parcel ? (about.parcel.units.get(position) ?? 0) : ordered
        return quantity > 0 ? [{ name, option, quantity, total: timesFen(unitPriceFen, quantity) }] : []
      }),
      subtotal: order.subtotalFen,
      discount: order.discountFen,
      couponCode: order.couponCode,
      shipping: order.shippingFen,
      total: order.totalFen,
      address: address ? addressLines(address, address.country === 'CN') : [],
    },
    refund: about.refund,
    parcel: about.parcel && {
      ...about.parcel,
      url: trackingUrl(about.parcel.carrier, about.parcel.trackingNumber),
    },
    request: about.request && { ...about.request, answer: about.request.answer ?? '' },
    choicesUrl: choices?.page ?? null,
    shop: contactOf(await readShopRules()),
  })
  await send(order.email, `${claimed}@${new URL(publicUrl).hostname}`, rendered, choices?.oneClick ?? null)
  await endOrderMail(claimed, now)
  return 'sent'
}

/** Where the mail leads: to the order by a secret of its own, or to its place in the account, where reviews are written. */
async function pathFor(
  kind: OrderMailKind,
  { id, locale, number }: { readonly id: string; readonly locale: Locale; readonly number: string },
  now: Date,
): Promise<string> {
  if (kind === 'order_ticket') return orderTicketPath(locale, await addOrderTicket(id, now))
  if (kind === 'review_asked') return `${accountOrderPath(locale, number)}#reviews`
  return orderPath(locale, await addOrderLink(id))
}

/**
 * Whether a mail that was sent may be sent again.
 * @param about the id that `order_mails` keeps with it, empty for none.
 */
export async function isMailStillTrue({
  orderId,
  kind,
  about,
}: {
  readonly orderId: string
  readonly kind: OrderMailKind
  readonly about: string
}): Promise<boolean> {
  const found = await readMailedOrder(orderId)
  return (
    found !== null &&
    isStillTrue(kind, found.order.state, await readAbout({ orderId, kind, ...aboutOfMail(kind, about) }))
  )
}

type About = Awaited<ReturnType<typeof readAbout>>

/** What of the order a mail tells of: a refund, a parcel, a request, or none of them. */
async function readAbout({ orderId, kind, refundId, parcelId, requestId }: JobData['send-order-mail']) {
  return {
    mayAskForReview: kind === 'review_asked' && (await mayAskForReview(orderId)),
    refund: refundId === undefined ? null : await readMailedRefund(refundId),
    parcel: parcelId === undefined ? null : await readMailedParcel(parcelId),
    request: requestId === undefined ? null : await readMailedRequest(requestId),
  }
}

const idOfAbout = ({ refundId, parcelId, requestId, ticketId }: JobData['send-order-mail']) =>
  refundId ?? parcelId ?? requestId ?? ticketId ?? ''

function isStillTrue(
  kind: OrderMailKind,
  order: OrderState,
  { refund, parcel, request, mayAskForReview: mayAsk }: About,
): boolean {
  const holds = <State>(state: State | undefined, states: readonly State[]) =>
    state !== undefined && states.includes(state)
  if (isRefundMail(kind)) return holds<RefundState>(refund?.state, REFUND_STILL[kind])
  if (isRequestMail(kind)) return holds<AfterSaleState>(request?.state, REQUEST_STILL[kind])
  if (isParcelMail(kind)) return parcel !== null && !parcel.undone && parcel.delivered === (kind === 'parcel_delivered')
  return holds<OrderState>(order, STILL_TRUE[kind]) && (kind !== 'review_asked' || mayAsk)
}
