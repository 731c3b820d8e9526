import { type Fen, share } from '../money.ts'
import { balanceOf, bookEntry } from './accounts.ts'
import { notifyOf } from './notification.ts'
import { type Problem, problem } from './problems.ts'
import type { AlipayRoom } from './room.ts'
import { findRefund, findTrade, type Refund, readTrade, type Trade } from './trades.ts'

/** Each of these is one transaction, changes the status only from the one it may start at, and queues what is to be told. */

export type Paid = 'paid' | 'not_payable' | 'balance_too_low'

export function payTrade(room: AlipayRoom, tradeNo: string): Paid {
  return room.book.transaction(() => {
    const now = room.clock.now()
    const trade = findTrade(room, { tradeNo })
    if (trade?.status !== 'WAIT_BUYER_PAY' || trade.expiresAt <= now) return 'not_payable'
    const { total } = trade
    if (balanceOf(room, 'buyer') < total) return 'balance_too_low'
    room.book.run("update alipay_trades set status = 'TRADE_SUCCESS', paid_at = ? where trade_no = ?", now, tradeNo)
    bookEntry(room, 'buyer', 'payment', tradeNo, -total)
    bookEntry(room, 'seller', 'payment', tradeNo, total)
    bookEntry(room, 'seller', 'fee', tradeNo, -share(total, BigInt(room.settings.current().feePerTenThousand)))
    notifyOf(room, tradeNo, null)
    return 'paid'
  })
}

/** @returns false when it is not waiting to be paid */
export function closeTrade(room: AlipayRoom, tradeNo: string): boolean {
  return room.book.transaction(() => {
    const row = room.book.get(
      `update alipay_trades set status = 'TRADE_CLOSED', closed_at = ?
       where trade_no = ? and status = 'WAIT_BUYER_PAY' returning 1`,
      room.clock.now(),
      tradeNo,
    )
    if (row) notifyOf(room, tradeNo, null)
    return row !== undefined
  })
}

export function finishTrade(room: AlipayRoom, tradeNo: string): boolean {
  return room.book.transaction(() => {
    const row = room.book.get(
      "update alipay_trades set status = 'TRADE_FINISHED' where trade_no = ? and status = 'TRADE_SUCCESS' returning 1",
      tradeNo,
    )
    if (row) notifyOf(room, tradeNo, null)
    return row !== undefined
  })
}

export interface RefundRequest {
  readonly outRequestNo: string
  readonly amount: Fen
  readonly reason: string | null
}

/** Moves money back once per request number; the trade is closed when nothing of it is left. */
export function refundTrade(
  room: AlipayRoom,
  trade: Trade,
  { outRequestNo, amount, reason }: RefundRequest,
): { readonly refund: Refund } | { readonly problem: Problem } {
  return room.book.transaction(() => {
    const { tradeNo } = trade
    const refunded = trade.refunded + amount
    const rate = BigInt(room.settings.current().feePerTenThousand)
    // Reckoned on the running sum, so that all parts together give back exactly the fee of the whole.
    const feeBack = share(refunded, rate) - share(trade.refunded, rate)
    if (balanceOf(room, 'seller') < amount - feeBack) return { problem: problem('ACQ.SELLER_BALANCE_NOT_ENOUGH') }

    const now = room.clock.now()
    const whole = refunded === trade.total
    room.book.run(
      'update alipay_trades set refunded_fen = ?, status = ?, closed_at = ? where trade_no = ?',
      refunded,
      whole ? 'TRADE_CLOSED' : trade.status,
      whole ? now : trade.closedAt,
      tradeNo,
    )
    room.book.run(
      `insert into alipay_refunds (trade_no, out_request_no, amount_fen, fee_back_fen, reason, refunded_at)
       values (?, ?, ?, ?, ?, ?)`,
      tradeNo,
      outRequestNo,
      amount,
      feeBack,
      reason,
      now,
    )
    bookEntry(room, 'seller', 'refund', tradeNo, -amount)
    bookEntry(room, 'seller', 'fee_back', tradeNo, feeBack)
    bookEntry(room, 'buyer', 'refund', tradeNo, amount)
    const refund = findRefund(room, tradeNo, outRequestNo)
    if (!refund) throw new Error(`The book did not keep refund ${outRequestNo}`)
    notifyOf(room, tradeNo, refund)
    return { refund }
  })
}

/** What time does by itself: unpaid trades close, paid ones can at last no longer be refunded. */
export function letTimePass(room: AlipayRoom): void {
  const now = room.clock.now()
  const unpaid = room.book.all(
    "select * from alipay_trades where status = 'WAIT_BUYER_PAY' and expires_at <= ? order by expires_at",
    now,
  )
  for (const row of unpaid) closeTrade(room, readTrade(row).tradeNo)
  const settled = room.book.all(
    "select * from alipay_trades where status = 'TRADE_SUCCESS' and paid_at <= ? order by paid_at",
    now - room.settings.current().refundWindowMs,
  )
  for (const row of settled) finishTrade(room, readTrade(row).tradeNo)
}
