import { isParcelMail, isRefundMail, isRequestMail, type OrderMailKind } from './order-mail.ts'

/** What a mail is about, as the job that sends it is told. @param about the id that `order_mails` keeps, empty for none. */
export function aboutOfMail(kind: OrderMailKind, about: string) {
  if (isRefundMail(kind)) return { refundId: about }
  if (isParcelMail(kind)) return { parcelId: about }
  if (kind === 'order_ticket') return { ticketId: about }
  return isRequestMail(kind) ? { requestId: about } : {}
}
