import { instant, instantOrNull, type Row, text, textOrNull, whole } from '../book/open-book.ts'
import type { Fen } from '../money.ts'
import type { WechatPayRoom } from './room.ts'

const TRADE_TYPES = ['NATIVE', 'MWEB', 'JSAPI'] as const
export type TradeType = (typeof TRADE_TYPES)[number]

const STATUSES = ['NOTPAY', 'SUCCESS', 'REFUND', 'CLOSED', 'PAYERROR'] as const
export type TradeStatus = (typeof STATUSES)[number]

export interface Trade {
  readonly outTradeNo: string
  readonly transactionId: string
  readonly tradeType: TradeType
  readonly status: TradeStatus
  readonly total: Fen
  /** Of all refunds that were accepted and not closed. */
  readonly refunded: Fen
  readonly description: string
  readonly attach: string | null
  readonly notifyUrl: string
  /** Of the only one who may pay it, for JSAPI; of who has paid it, for all. */
  readonly openid: string | null
  /** What was asked when it was created, in one form. */
  readonly request: string
  readonly createdAt: number
  readonly payBefore: number
  readonly paidAt: number | null
  readonly closedAt: number | null
}

export type TradeKey = { readonly outTradeNo: string } | { readonly transactionId: string }

export function findTrade(room: WechatPayRoom, key: TradeKey): Trade | null {
  const row =
    'outTradeNo' in key
      ? room.book.get('select * from wechatpay_trades where out_trade_no = ?', key.outTradeNo)
      : room.book.get('select * from wechatpay_trades where transaction_id = ?', key.transactionId)
  return row ? readTrade(row) : null
}

export function listTrades(room: WechatPayRoom, limit: number): Trade[] {
  return room.book.all('select * from wechatpay_trades order by rowid desc limit ?', limit).map(readTrade)
}

export const readTrade = (row: Row): Trade => ({
  outTradeNo: text(row, 'out_trade_no'),
  transactionId: text(row, 'transaction_id'),
  tradeType: oneOf(TRADE_TYPES, text(row, 'trade_type')),
  status: oneOf(STATUSES, text(row, 'status')),
  total: whole(row, 'total_fen'),
  refunded: whole(row, 'refunded_fen'),
  description: text(row, 'description'),
  attach: textOrNull(row, 'attach'),
  notifyUrl: text(row, 'notify_url'),
  openid: textOrNull(row, 'openid'),
  request: text(row, 'request'),
  createdAt: instant(row, 'created_at'),
  payBefore: instant(row, 'pay_before'),
  paidAt: instantOrNull(row, 'paid_at'),
  closedAt: instantOrNull(row, 'closed_at'),
})

/** A word of the book that must be one of these. */
export function oneOf<T extends string>(words: readonly T[], word: string): T {
  const found = words.find((known) => known === word)
  if (found === undefined) throw new TypeError(`${word} is none of ${words.join(', ')}`)
  return found
}
