import { endDueRefunds } from './move-refund.ts'
import { closeTrade } from './move-trade.ts'
import type { WechatPayRoom } from './room.ts'
import { readTrade } from './trades.ts'

/** What time does by itself: refunds come to their end, unpaid orders are closed after a week. */
export function letTimePass(room: WechatPayRoom): void {
  endDueRefunds(room)
  const before = room.clock.now() - room.settings.current().tradeLifeMs
  const unpaid = room.book.all(
    "select * from wechatpay_trades where status = 'NOTPAY' and created_at <= ? order by created_at",
    before,
  )
  for (const row of unpaid) closeTrade(room, readTrade(row).outTradeNo)
}
