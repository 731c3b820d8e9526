import { type Fen, share } from '../money.ts'
import { shanghaiDay } from '../shanghai-time.ts'
import { bookEntry } from './funds.ts'
import { notifyOfRefund } from './notification.ts'
import { findRefund, type Refund, type RefundEnd, readRefund, type WayOut } from './refunds.ts'
import type { WechatPayRoom } from './room.ts'
import { findTrade, type Trade } from './trades.ts'

interface Accepted {
  readonly outRefundNo: string
  readonly amount: Fen
  readonly reason: string | null
  readonly notifyUrl: string | null
  readonly request: string
  readonly ends: RefundEnd
  /** It stays in the works until somebody moves it. */
  readonly stuck: boolean
}

/** What the merchant gets of its fee, reckoned on the running sum, so that all parts give back exactly that of the whole. */
export function feeBackOf(room: WechatPayRoom, trade: Trade, amount: Fen): Fen {
  const rate = BigInt(room.settings.current().feePerTenThousand)
  return share(trade.refunded + amount, rate) - share(trade.refunded, rate)
}

/** The money leaves the merchant now; when it arrives, time or a person decides. Call it inside a transaction. */
export function acceptRefund(room: WechatPayRoom, trade: Trade, order: Accepted): void {
  const { outTradeNo } = trade
  const { outRefundNo, amount } = order
  const now = room.clock.now()
  const feeBack = feeBackOf(room, trade, amount)
  room.book.run(
    "update wechatpay_trades set refunded_fen = refunded_fen + ?, status = 'REFUND' where out_trade_no = ?",
    amount,
    outTradeNo,
  )
  room.book.run(
    `insert into wechatpay_refunds (refund_id, out_refund_no, out_trade_no, status, ends, pays_out, amount_fen,
       fee_back_fen, reason, notify_url, request, created_at, ends_at)
     values (?, ?, ?, 'PROCESSING', ?, 'ORIGINAL', ?, ?, ?, ?, ?, ?, ?)`,
    `503000${shanghaiDay(now).replaceAll('-', '')}${room.ids.digits(14)}`,
    outRefundNo,
    outTradeNo,
    order.ends,
    amount,
    feeBack,
    order.reason,
    order.notifyUrl,
    order.request,
    now,
    order.stuck ? null : now + room.pace.shorten(room.settings.current().refundTakesMs),
  )
  bookEntry(room, 'merchant', 'refund', { amount: -amount, outTradeNo, outRefundNo })
  bookEntry(room, 'merchant', 'fee_back', { amount: feeBack, outTradeNo, outRefundNo })
}

/** @returns false when it is not in the works */
export function endRefund(room: WechatPayRoom, outRefundNo: string, end: RefundEnd): boolean {
  return room.book.transaction(() => {
    const refund = findRefund(room, { outRefundNo })
    if (refund?.status !== 'PROCESSING') return false
    room.book.run(
      'update wechatpay_refunds set status = ?, ends_at = null, ended_at = ? where out_refund_no = ?',
      end,
      room.clock.now(),
      outRefundNo,
    )
    moveMoney(room, refund, end)
    notifyOfRefund(room, outRefundNo)
    return true
  })
}

/** An abnormal refund leaves the money between the two: neither has it. */
function moveMoney(room: WechatPayRoom, refund: Refund, end: RefundEnd): void {
  const { outTradeNo, outRefundNo, amount, feeBack } = refund
  if (end === 'SUCCESS' && refund.paysOut !== 'MERCHANT_BANK_CARD')
    bookEntry(room, 'buyer', 'refund', { amount, outTradeNo, outRefundNo })
  if (end !== 'CLOSED') return
  const trade = findTrade(room, { outTradeNo })
  if (!trade) throw new Error(`Refund ${outRefundNo} has no order`)
  room.book.run(
    'update wechatpay_trades set refunded_fen = ? where out_trade_no = ?',
    trade.refunded - amount,
    outTradeNo,
  )
  bookEntry(room, 'merchant', 'refund_undone', { amount: amount - feeBack, outTradeNo, outRefundNo })
}

/** Once more, by another way, after it could not be paid out. */
export function retryRefund(room: WechatPayRoom, refund: Refund, paysOut: WayOut): void {
  room.book.run(
    `update wechatpay_refunds set status = 'PROCESSING', ends = 'SUCCESS', pays_out = ?, ends_at = ?, ended_at = null
     where out_refund_no = ?`,
    paysOut,
    room.clock.now() + room.pace.shorten(room.settings.current().refundTakesMs),
    refund.outRefundNo,
  )
}

/** Ends what is due by now. */
export function endDueRefunds(room: WechatPayRoom): void {
  const due = room.book.all(
    'select * from wechatpay_refunds where ends_at <= ? order by ends_at, seq',
    room.clock.now(),
  )
  for (const { outRefundNo, ends } of due.map(readRefund)) endRefund(room, outRefundNo, ends)
}
