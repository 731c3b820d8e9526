import { shanghaiRfc3339, shanghaiTime } from '../shanghai-time.ts'
import type { Fields } from './problems.ts'
import type { WechatPayRoom } from './room.ts'
import { tradeFields } from './trade-fields.ts'
import { findTrade } from './trades.ts'

/** A message before it is sealed and signed. */
export interface NotificationPayload {
  readonly createTime: string
  readonly eventType: string
  readonly summary: string
  readonly originalType: 'transaction' | 'refund'
  readonly plaintext: Fields
}

/** Queues what the merchant must be told of a payment. */
export function notifyOfPayment(room: WechatPayRoom, outTradeNo: string): void {
  const trade = findTrade(room, { outTradeNo })
  if (!trade) return
  queueNotification(room, trade.notifyUrl, outTradeNo, {
    createTime: shanghaiRfc3339(room.clock.now()),
    eventType: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    originalType: 'transaction',
    plaintext: tradeFields(room, trade),
  })
}

export function queueNotification(
  room: WechatPayRoom,
  url: string,
  outTradeNo: string,
  payload: NotificationPayload,
): void {
  room.notifications.add({
    id: `EV-${shanghaiTime(room.clock.now()).replace(/\D/g, '')}${room.ids.digits(12)}`,
    gateway: 'wechatpay',
    target: outTradeNo,
    url,
    payload: JSON.stringify(payload),
  })
}
