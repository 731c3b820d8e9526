import { instant, instantOrNull, type Row, text, textOrNull, whole } from '../book/open-book.ts'
import type { Fen } from '../money.ts'
import type { WechatPayRoom } from './room.ts'
import { oneOf } from './trades.ts'

const ENDS = ['SUCCESS', 'ABNORMAL', 'CLOSED'] as const
/** What becomes of a refund that was accepted. */
export type RefundEnd = (typeof ENDS)[number]

const STATUSES = ['PROCESSING', ...ENDS] as const
export type RefundStatus = (typeof STATUSES)[number]

const WAYS_OUT = ['ORIGINAL', 'USER_BANK_CARD', 'MERCHANT_BANK_CARD'] as const
/** Where the money goes: back the way it came, or after an abnormal end to a card. */
export type WayOut = (typeof WAYS_OUT)[number]

export interface Refund {
  readonly refundId: string
  readonly outRefundNo: string
  readonly outTradeNo: string
  readonly status: RefundStatus
  /** As what it will end, if nobody interferes. */
  readonly ends: RefundEnd
  readonly paysOut: WayOut
  readonly amount: Fen
  readonly feeBack: Fen
  readonly reason: string | null
  readonly notifyUrl: string | null
  /** What was asked, in one form: a repetition must say the same. */
  readonly request: string
  readonly createdAt: number
  readonly endedAt: number | null
}

export type RefundKey = { readonly refundId: string } | { readonly outRefundNo: string }

export function findRefund(room: WechatPayRoom, key: RefundKey): Refund | null {
  const row =
    'refundId' in key
      ? room.book.get('select * from wechatpay_refunds where refund_id = ?', key.refundId)
      : room.book.get('select * from wechatpay_refunds where out_refund_no = ?', key.outRefundNo)
  return row ? readRefund(row) : null
}

/** In the order in which they were accepted. */
export const listRefunds = (room: WechatPayRoom, outTradeNo: string): Refund[] =>
  room.book.all('select * from wechatpay_refunds where out_trade_no = ? order by seq', outTradeNo).map(readRefund)

export const readRefund = (row: Row): Refund => ({
  refundId: text(row, 'refund_id'),
  outRefundNo: text(row, 'out_refund_no'),
  outTradeNo: text(row, 'out_trade_no'),
  status: oneOf(STATUSES, text(row, 'status')),
  ends: oneOf(ENDS, text(row, 'ends')),
  paysOut: oneOf(WAYS_OUT, text(row, 'pays_out')),
  amount: whole(row, 'amount_fen'),
  feeBack: whole(row, 'fee_back_fen'),
  reason: textOrNull(row, 'reason'),
  notifyUrl: textOrNull(row, 'notify_url'),
  request: text(row, 'request'),
  createdAt: instant(row, 'created_at'),
  endedAt: instantOrNull(row, 'ended_at'),
})
