import type { Locale } from '../domain/locale.ts'
import type { Fen } from '../domain/money.ts'
import type { ProviderName } from '../payments/port.ts'

/** Mails that tell of one refund of an order; an order may have several of each. */
export const REFUND_MAIL_KINDS = ['refund_sent', 'refund_arrived', 'refund_failed', 'refund_abnormal'] as const
export const ORDER_MAIL_KINDS = [
  'order_placed',
  'order_paid',
  'order_revived',
  'order_expiring',
  'order_cancelled',
  ...REFUND_MAIL_KINDS,
] as const
export type OrderMailKind = (typeof ORDER_MAIL_KINDS)[number]
export type RefundMailKind = (typeof REFUND_MAIL_KINDS)[number]

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
    readonly lines: readonly {
      readonly name: string
      readonly option: string
      readonly quantity: number
      readonly total: Fen
    }[]
    readonly subtotal: Fen
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
}

/** A mail ready to be sent: what the reader's program shows, with and without HTML. */
export type RenderedMail = { readonly subject: string; readonly html: string; readonly text: string }
