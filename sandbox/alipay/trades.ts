import { instant, instantOrNull, type Row, text, textOrNull, whole } from '../book/open-book.ts'
import type { Fen } from '../money.ts'
import type { Mode } from './read-request.ts'
import type { AlipayRoom } from './room.ts'

export type TradeStatus = 'WAIT_BUYER_PAY' | 'TRADE_SUCCESS' | 'TRADE_CLOSED' | 'TRADE_FINISHED'

export interface Trade {
  readonly tradeNo: string
  readonly outTradeNo: string
  readonly status: TradeStatus
  readonly productCode: string
  readonly total: Fen
  readonly refunded: Fen
  readonly subject: string
  readonly body: string | null
  readonly passbackParams: string | null
  readonly notifyUrl: string | null
  readonly returnUrl: string | null
  readonly quitUrl: string | null
  readonly mode: Mode
  readonly context: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly paidAt: number | null
  readonly closedAt: number | null
}

export interface Refund {
  readonly tradeNo: string
  readonly outRequestNo: string
  readonly amount: Fen
  readonly feeBack: Fen
  readonly reason: string | null
  readonly refundedAt: number
}

export type TradeKey = { readonly tradeNo: string } | { readonly outTradeNo: string }

export function findTrade(room: AlipayRoom, key: TradeKey): Trade | null {
  const row =
    'tradeNo' in key
      ? room.book.get('select * from alipay_trades where trade_no = ?', key.tradeNo)
      : room.book.get('select * from alipay_trades where out_trade_no = ?', key.outTradeNo)
  return row ? readTrade(row) : null
}

export function listTrades(room: AlipayRoom, limit: number): Trade[] {
  return room.book.all('select * from alipay_trades order by rowid desc limit ?', limit).map(readTrade)
}

export function findRefund(room: AlipayRoom, tradeNo: string, outRequestNo: string): Refund | null {
  const row = room.book.get(
    'select * from alipay_refunds where trade_no = ? and out_request_no = ?',
    tradeNo,
    outRequestNo,
  )
  return row ? readRefund(row) : null
}

export function listRefunds(room: AlipayRoom, tradeNo: string): Refund[] {
  return room.book.all('select * from alipay_refunds where trade_no = ? order by seq', tradeNo).map(readRefund)
}

const STATUSES: readonly string[] = ['WAIT_BUYER_PAY', 'TRADE_SUCCESS', 'TRADE_CLOSED', 'TRADE_FINISHED']
const isStatus = (status: string): status is TradeStatus => STATUSES.includes(status)

export function readTrade(row: Row): Trade {
  const status = text(row, 'status')
  if (!isStatus(status)) throw new TypeError(`${status} is no trade status`)
  return {
    tradeNo: text(row, 'trade_no'),
    outTradeNo: text(row, 'out_trade_no'),
    status,
    productCode: text(row, 'product_code'),
    total: whole(row, 'total_fen'),
    refunded: whole(row, 'refunded_fen'),
    subject: text(row, 'subject'),
    body: textOrNull(row, 'body'),
    passbackParams: textOrNull(row, 'passback_params'),
    notifyUrl: textOrNull(row, 'notify_url'),
    returnUrl: textOrNull(row, 'return_url'),
    quitUrl: textOrNull(row, 'quit_url'),
    mode: text(row, 'mode') === 'certificate' ? 'certificate' : 'key',
    context: text(row, 'context'),
    createdAt: instant(row, 'created_at'),
    expiresAt: instant(row, 'expires_at'),
    paidAt: instantOrNull(row, 'paid_at'),
    closedAt: instantOrNull(row, 'closed_at'),
  }
}

export const readRefund = (row: Row): Refund => ({
  tradeNo: text(row, 'trade_no'),
  outRequestNo: text(row, 'out_request_no'),
  amount: whole(row, 'amount_fen'),
  feeBack: whole(row, 'fee_back_fen'),
  reason: textOrNull(row, 'reason'),
  refundedAt: instant(row, 'refunded_at'),
})
