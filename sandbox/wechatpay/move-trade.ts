import { share } from '../money.ts'
import { BUYER, balanceOf, bookEntry } from './funds.ts'
import { notifyOfPayment } from './notification.ts'
import type { WechatPayRoom } from './room.ts'
import { findTrade, type TradeStatus } from './trades.ts'

/** Each of these is one transaction, changes the status only from the one it may start at, and queues what is to be told. */

export type Paid = 'paid' | 'not_payable' | 'too_late' | 'other_payer' | 'balance_too_low'

export function payTrade(room: WechatPayRoom, outTradeNo: string, openid: string): Paid {
  return room.book.transaction(() => {
    const trade = findTrade(room, { outTradeNo })
    if (trade?.status !== 'NOTPAY') return 'not_payable'
    if (trade.payBefore <= room.clock.now()) return 'too_late'
    if (trade.openid !== null && trade.openid !== openid) return 'other_payer'
    return takeMoney(room, outTradeNo, openid)
  })
}

/** A payment that was under way when the merchant closed the order: the close does not stop it. */
export function payClosedTrade(room: WechatPayRoom, outTradeNo: string): Paid {
  return room.book.transaction(() => {
    const trade = findTrade(room, { outTradeNo })
    if (trade?.status !== 'CLOSED' || trade.paidAt !== null) return 'not_payable'
    return takeMoney(room, outTradeNo, trade.openid ?? BUYER.openid)
  })
}

function takeMoney(room: WechatPayRoom, outTradeNo: string, openid: string): Paid {
  const total = findTrade(room, { outTradeNo })?.total ?? 0n
  if (balanceOf(room, 'buyer') < total) return 'balance_too_low'
  room.book.run(
    "update wechatpay_trades set status = 'SUCCESS', paid_at = ?, closed_at = null, openid = ? where out_trade_no = ?",
    room.clock.now(),
    openid,
    outTradeNo,
  )
  bookEntry(room, 'buyer', 'payment', { amount: -total, outTradeNo })
  bookEntry(room, 'merchant', 'payment', { amount: total, outTradeNo })
  const fee = share(total, BigInt(room.settings.current().feePerTenThousand))
  bookEntry(room, 'merchant', 'fee', { amount: -fee, outTradeNo })
  notifyOfPayment(room, outTradeNo)
  return 'paid'
}

/** Nobody is told: who wants to know must ask. @returns false when it is not waiting to be paid */
export function closeTrade(room: WechatPayRoom, outTradeNo: string): boolean {
  return endUnpaid(room, outTradeNo, 'CLOSED', ['NOTPAY', 'PAYERROR'])
}

/** The payer's bank has refused for good. */
export function failTrade(room: WechatPayRoom, outTradeNo: string): boolean {
  return endUnpaid(room, outTradeNo, 'PAYERROR', ['NOTPAY'])
}

function endUnpaid(
  room: WechatPayRoom,
  outTradeNo: string,
  status: TradeStatus,
  from: readonly TradeStatus[],
): boolean {
  return room.book.transaction(() => {
    const trade = findTrade(room, { outTradeNo })
    if (!trade || !from.includes(trade.status)) return false
    room.book.run(
      'update wechatpay_trades set status = ?, closed_at = ? where out_trade_no = ?',
      status,
      status === 'CLOSED' ? room.clock.now() : null,
      outTradeNo,
    )
    return true
  })
}
