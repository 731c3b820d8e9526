import type { Fen } from '../domain/money.ts'
import type { Result } from '../result.ts'

/** Hours from midnight in Shanghai. */
export type BillDay = {
  /** When the gateway's day begins: 0, or −1 for one that runs from 23:00 to 23:00. */
  readonly startsAt: number
  /** When its bill can be had on the next day. */
  readonly readyAt: number
}

export type BillLine = {
  /** Where it stands in the file, from 1. */
  readonly line: number
  readonly kind: 'payment' | 'refund'
  /** The gateway's number of the payment, also on the line of its refund. */
  readonly providerTradeNo: string
  /** Our number of the attempt; null where the line of a refund does not tell. */
  readonly outTradeNo: string | null
  /** Our number of the refund; null on payments. */
  readonly refundNo: string | null
  /** `pending`: a refund that was accepted and has not arrived; `failed`: one whose money stayed. */
  readonly state: 'done' | 'pending' | 'failed'
  /** Always positive; `kind` tells the direction. */
  readonly amount: Fen
  /** What the gateway took for it; negative when it gave a fee back. */
  readonly fee: Fen
  readonly completedAt: Date
}
/** A line that cannot be read is named by its number and does not stop the rest. */
export type BadBillLine = { readonly code: 'bad_line'; readonly line: number; readonly reason: string }
/** Is given some hundred or thousand lines at a time, in the order of the file, and waited for. */
export type TakeBillLines = (lines: readonly Result<BillLine, BadBillLine>[]) => Promise<void>

/** One movement on our account at a gateway. */
export type FundFlowLine = {
  /** Where it stands in the file, from 1. */
  readonly line: number
  readonly direction: 'in' | 'out'
  /** Always positive. */
  readonly amount: Fen
  /** What was on the account afterwards. */
  readonly balance: Fen
  /** The gateway's word for it: payment, refund, fee, withdrawal. */
  readonly kind: string
  readonly flowNo: string
  /** What it belongs to: the gateway's number of the trade or of the refund. */
  readonly providerNo: string
  readonly bookedAt: Date
}
export type TakeFundFlowLines = (lines: readonly Result<FundFlowLine, BadBillLine>[]) => Promise<void>
