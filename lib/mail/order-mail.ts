import type { AfterSaleKind } from '../domain/after-sale-request.ts'
import type { CarrierCode } from '../domain/carriers.ts'
import type { Locale } from '../domain/locale.ts'
import type { MailTopic } from '../domain/mail-topics.ts'
import type { Fen } from '../domain/money.ts'
import type { ShopContact } from '../domain/shop-contact.ts'
import type { ProviderName } from '../payments/port.ts'

/** Mails that tell of one refund of an order; an order may have several of each. */
export const REFUND_MAIL_KINDS = ['refund_sent', 'refund_arrived', 'refund_failed', 'refund_abnormal'] as const
/** Mails that tell of one parcel. */
export const PARCEL_MAIL_KINDS = ['parcel_shipped', 'parcel_delivered'] as const
/** Mails that tell of what a shopper asked for after the sale. */
export const REQUEST_MAIL_KINDS = ['request_taken', 'request_approved', 'request_declined', 'request_received'] as const
export const ORDER_MAIL_KINDS = [
  'order_placed',
  'order_paid',
  'order_revived',
  'order_expiring',
  'order_cancelled',
  'order_ticket',
  'review_asked',
  ...REFUND_MAIL_KINDS,
  ...PARCEL_MAIL_KINDS,
  ...REQUEST_MAIL_KINDS,
] as const
export type OrderMailKind = (typeof ORDER_MAIL_KINDS)[number]
export type RefundMailKind = (typeof REFUND_MAIL_KINDS)[number]

/** What a mail is about for who may do without; null for those that always go. */
export const topicOfMail = (kind: OrderMailKind): MailTopic | null => TOPIC[kind] ?? null
const TOPIC: Readonly<Partial<Record<OrderMailKind, MailTopic>>> = {
  order_expiring: 'reminder',
  parcel_delivered: 'delivered',
  review_asked: 'review',
}

export type ParcelMailKind = (typeof PARCEL_MAIL_KINDS)[number]
export type RequestMailKind = (typeof REQUEST_MAIL_KINDS)[number]

export const isParcelMail = (kind: OrderMailKind): kind is ParcelMailKind =>
  (PARCEL_MAIL_KINDS as readonly OrderMailKind[]).includes(kind)
export const isRequestMail = (kind: OrderMailKind): kind is RequestMailKind =>
  (REQUEST_MAIL_KINDS as readonly OrderMailKind[]).includes(kind)
export const isRefundMail = (kind: OrderMailKind): kind is RefundMailKind =>
  (REFUND_MAIL_KINDS as readonly OrderMailKind[]).includes(kind)

/** What a mail about an order shows; all texts are in the order's language already, amounts in fen. */
export type OrderMail = {
  readonly kind: OrderMailKind
  readonly locale: Locale
  readonly order: {
    readonly number: string
    /** The order's page, with its secret: whoever has the link sees the order. */
    readonly url: string
    readonly payBefore: Date
    /** Those of the parcel in a mail about one. */
    readonly lines: readonly {
      readonly name: string
      readonly option: string
      readonly quantity: number
      readonly total: Fen
    }[]
    readonly subtotal: Fen
    readonly discount: Fen
    readonly couponCode: string | null
    readonly shipping: Fen
    readonly total: Fen
    /** The recipient and the lines of the address, as they go on the parcel. */
    readonly address: readonly string[]
  }
  /** What goes back, in the mails that tell of it; null in the others. */
  readonly refund: {
    readonly refundNo: string
    readonly amount: Fen
    readonly provider: ProviderName
    readonly cause: 'staff' | 'shopper' | 'surplus' | 'late'
  } | null
  readonly parcel: MailedParcel | null
  readonly request: MailedRequest | null
  /** Where its reader chooses what to be written of, in the mails that one may do without; null in the others. */
  readonly choicesUrl: string | null
  readonly shop: ShopContact
}

/** A parcel, in the mails that tell of it. */
export type MailedParcel = {
  readonly sequence: number
  readonly carrier: CarrierCode
  readonly trackingNumber: string
  /** Where everybody can see where it is. */
  readonly url: string
  /** True when more of the order is still to be sent. */
  readonly moreToCome: boolean
}

/** What a shopper asked for, in the mails that tell of it. */
export type MailedRequest = {
  readonly kind: AfterSaleKind
  readonly amount: Fen
  /** Our own words to it; empty for none. */
  readonly answer: string
}

/** A mail ready to be sent: what the reader's program shows, with and without HTML. */
export type RenderedMail = { readonly subject: string; readonly html: string; readonly text: string }
