import type { Fen } from '../domain/money.ts'
import type { Result } from '../result.ts'
import type { BillDay, TakeBillLines, TakeFundFlowLines } from './bills.ts'
import type { BillError, CallError, CorruptBill, CreateError, VerifyError } from './errors.ts'

export const PROVIDER_NAMES = ['alipay', 'wechatpay', 'unionpay'] as const
export type ProviderName = (typeof PROVIDER_NAMES)[number]

/**
 * The numbers we give to attempts and refunds: what all three gateways take (Alipay: no `-`; WeChat Pay: 6–32;
 * UnionPay: 8–40 letters and digits, nothing else).
 */
export const MERCHANT_NUMBER = /^[0-9A-Za-z]{8,32}$/

/**
 * One payment gateway, in the words of the shop. Nothing provider-shaped goes past this interface.
 *
 * Two rules hold for every method. Calls answer a `Result`: what a gateway may say is a value, only our own bugs throw.
 * And what is not known stays unknown: a time-out, a page of HTML or an unsigned answer is never “failed” or “unpaid”;
 * ask again with the same numbers, or query.
 */
export interface PaymentProvider {
  readonly name: ProviderName
  /** The ways to pay that are offered here; `create` refuses the others. */
  readonly scenes: readonly Scene['kind'][]
  /** The only content type that its notifications come in. */
  readonly notificationType: 'application/x-www-form-urlencoded' | 'application/json'

  /** Starts one attempt. Safe to repeat with the same number and the same content. */
  create(request: CreateRequest): Promise<Result<BrowserAction, CreateError>>
  /** Asks what became of an attempt; the only proof besides a verified notification. */
  query(attempt: AttemptRef): Promise<Result<Trade, CallError>>
  /** Ends an unpaid attempt at the gateway, so that stock may be released. Late money is still possible. */
  close(attempt: AttemptRef): Promise<Result<CloseOutcome, CallError>>
  /** Undoes an attempt whose outcome cannot be learned: closes it, or gives the money back. Null where there is no such call. */
  readonly cancel: ((attempt: AttemptRef) => Promise<Result<CancelOutcome, CallError>>) | null

  /**
   * Gives money back. After an unknown outcome and after a refusal repeat with the same `refundNo`: a new number pays
   * twice. What depends on the day is chosen by `requestedAt`, so that a repeat is the same call.
   */
  refund(request: RefundRequest): Promise<Result<RefundState, CallError>>
  queryRefund(refund: RefundRef): Promise<Result<RefundState, CallError>>
  /** Has the money of an `abnormal` refund paid to our own account there, so that staff can give it back another way. */
  readonly recallRefund: ((refund: RefundRef) => Promise<Result<RefundState, CallError>>) | null

  readonly billDay: BillDay
  /**
   * Fetches the gateway's own book of `day`, `yyyy-MM-dd` in Shanghai, into the file `path`, as it comes. What arrived
   * and is `corrupt` is left there as well, for people to look at.
   */
  downloadBill(day: string, path: string): Promise<Result<'kept' | 'no_trades', BillError>>
  /**
   * Reads what `downloadBill` kept, as it streams from the disk: a bill of a million lines takes no more memory than
   * one of a thousand. Merchant, day, counts and sums are compared on the way, so only the answer tells whether the
   * bill is whole; after `corrupt` throw away what was taken.
   */
  readBill(day: string, path: string, take: TakeBillLines): Promise<Result<'whole', CorruptBill>>
  /** The same two steps for all that moved on our account there, fees and withdrawals too. Null where no such file is offered. */
  readonly fundFlow: FundFlow | null

  /**
   * Reads a notification: signature over the bytes that arrived, then merchant and application, then age.
   * The amount and the number must still be compared with our own. Has no default: each provider writes its own.
   */
  verifyNotification(message: IncomingMessage, now: Date): Promise<Result<Notification, VerifyError>>
  /** Reads the message that the buyer's browser carries back. It names an attempt and proves nothing: query it. */
  verifyReturn(message: ReturnMessage, now: Date): Promise<Result<PaymentReturn, VerifyError>>
  /** What the gateway must read to stop, or to go on, sending a notification. */
  acknowledge(outcome: 'accepted' | 'retry' | 'refused'): Acknowledgement

  /** How a buyer becomes known to the gateway before `create`, for the scene that needs it. Null where none does. */
  readonly buyerLogin: BuyerLogin | null
  /** For `payments:check` and the back office: keys, certificates, clock, and whether the gateway answers. */
  diagnose(): Promise<readonly Finding[]>
}

/** How the buyer is going to pay, and what that way needs to know. */
export type Scene =
  | { readonly kind: 'page' }
  | { readonly kind: 'wap'; readonly quitUrl: string }
  | { readonly kind: 'qr' }
  | { readonly kind: 'h5'; readonly payerIp: string }
  | { readonly kind: 'jsapi'; readonly openid: string }
  | { readonly kind: 'form'; readonly device: 'computer' | 'phone' }

/**
 * Ways whose `create` signs an address and asks nobody: the gateway hears of the trade from the browser. It is signed
 * again when it is asked for again, so nothing of it is kept.
 */
export const ADDRESS_ONLY: readonly Scene['kind'][] = ['page', 'wap']

export type CreateRequest = {
  readonly scene: Scene
  /** Ours, one for each attempt; see `MERCHANT_NUMBER`. */
  readonly outTradeNo: string
  readonly amount: Fen
  /** What the buyer reads at the gateway. Cut to the gateway's limit, and cleaned of what it forbids. */
  readonly subject: string
  /** Kept with the attempt: UnionPay names a trade by number and start, to the second. */
  readonly startedAt: Date
  /** After this instant the gateway takes no money; the same that our own expiry uses. */
  readonly payBefore: Date
  /** Where the buyer's browser goes afterwards; without a query, since gateways sign the one that they add. The notification address is configuration. */
  readonly returnUrl: string
}

type FormField = readonly [name: string, value: string]

/** What the browser has to do next. After `expiresAt` it leads nowhere, though the attempt may still be paid. */
export type BrowserAction =
  | { readonly kind: 'redirect'; readonly url: string; readonly expiresAt?: Date }
  | { readonly kind: 'form'; readonly url: string; readonly fields: readonly FormField[] }
  | { readonly kind: 'qr'; readonly text: string; readonly expiresAt: Date }
  | { readonly kind: 'jsapi'; readonly parameters: Readonly<Record<string, string>>; readonly expiresAt: Date }

/** A redirect to the gateway, which sends the browser back to `returnUrl` with a `code` and our `state`. */
export type BuyerLogin = {
  url(request: { readonly returnUrl: string; readonly state: string }): string
  /** Whom a code stands for, as `Scene` names them. A code can be used once, within minutes. */
  openid(code: string): Promise<Result<string, CallError>>
}

/** By `providerTradeNo`, where it is known, a gateway finds the trade under its own number. */
export type AttemptRef = {
  readonly outTradeNo: string
  readonly startedAt: Date
  readonly providerTradeNo?: string | null
}

/** Money that arrived. `eventId` is the same in the notification and in the query, so the second of them is a repeat. */
export type Payment = {
  readonly eventId: string
  readonly providerTradeNo: string
  readonly amount: Fen
  readonly currency: string
  readonly paidAt: Date
  /** False once the gateway takes no refund any more. Being told so later is no second payment. */
  readonly refundable: boolean
}

export type Trade =
  /** The gateway has not heard of it: for a young attempt the buyer may just not have arrived. Never “failed”. */
  | { readonly state: 'not_found' }
  | { readonly state: 'unpaid' }
  | { readonly state: 'paid'; readonly payment: Payment }
  /** No money is kept. With a `payment`: it was paid, then refunded whole. With null the gateway tells of none. */
  | { readonly state: 'closed'; readonly payment: Payment | null }

/** `not_open`: it was paid or closed before, query it. `not_supported`: ends by `payBefore` only. */
export type CloseOutcome = 'closed' | 'not_found' | 'not_open' | 'not_supported'
/** `again`: the gateway asks to repeat the call. */
export type CancelOutcome = 'closed' | 'refunded' | 'nothing_to_do' | 'again'

export type RefundRef = AttemptRef & { readonly refundNo: string; readonly requestedAt: Date }
export type RefundRequest = RefundRef & {
  readonly providerTradeNo: string
  readonly amount: Fen
  /** The whole payment, which WeChat Pay wants to be told again; UnionPay may undo it whole on the day of `paidAt`. */
  readonly paidAmount: Fen
  readonly paidAt: Date
  readonly reason: string
}

export type RefundState =
  /** `refundedAt` is null where the gateway does not say when. */
  | { readonly state: 'done'; readonly refundedAt: Date | null }
  /** Accepted or not yet known: query it, after ten seconds at the earliest. */
  | { readonly state: 'pending' }
  /** Not executed: the same `refundNo` may be sent again. */
  | { readonly state: 'not_found' }
  /** Over, and the money stayed: this `refundNo` is spent, a further try needs another. */
  | { readonly state: 'failed'; readonly providerCode: string }
  /** The money left and reached nobody (account closed, card gone): a person must see to it; it may still become `done`. */
  | { readonly state: 'abnormal'; readonly providerCode: string }

export type IncomingMessage = { readonly headers: Headers; readonly body: Uint8Array }
/** `search` is the raw query string; `body` is empty but for gateways that return by POST. */
export type ReturnMessage = { readonly search: string; readonly body: Uint8Array }
export type PaymentReturn = { readonly outTradeNo: string; readonly providerTradeNo: string | null }

/** One verified message. `messageId` is the gateway's, `eventId` is equal for all messages about the same event. */
export type Notification = {
  readonly provider: ProviderName
  readonly messageId: string
  /** Makes this one sending unique where the gateway signs such a thing: a second message with it is a replay. */
  readonly nonce?: string
  readonly eventId: string
  readonly outTradeNo: string
  /** When we began the trade, from gateways that name it by number and start. Of another start it is none of ours. */
  readonly startedAt?: Date
  readonly providerTradeNo: string
} & (
  | { readonly kind: 'paid'; readonly payment: Payment }
  /** The attempt ended. Whether it was ever paid only our own book knows: see `refunded`. */
  | { readonly kind: 'closed' }
  /** Money went back. `refundedTotal` is everything so far on this trade where the gateway says it. */
  | {
      readonly kind: 'refunded'
      readonly payment: Payment | null
      readonly refundNo: string | null
      readonly amount: Fen | null
      readonly refundedTotal: Fen | null
      readonly complete: boolean
    }
  /** As the states of the same names in `RefundState`. */
  | { readonly kind: 'refund_failed' | 'refund_abnormal'; readonly refundNo: string; readonly providerCode: string }
  /** Genuine, and nothing for us to do. */
  | { readonly kind: 'nothing'; readonly reason: string }
)

export type Acknowledgement = { readonly status: number; readonly contentType: string; readonly body: string }

export type FundFlow = {
  download(day: string, path: string): Promise<Result<'kept' | 'no_trades', BillError>>
  read(path: string, take: TakeFundFlowLines): Promise<Result<'whole', CorruptBill>>
}

export type Finding = { readonly level: 'ok' | 'warning' | 'error'; readonly text: string }
