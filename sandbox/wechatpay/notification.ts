import { shanghaiRfc3339, shanghaiTime } from '../shanghai-time.ts'
import type { Fields } from './problems.ts'
import { refundNotice } from './refund-fields.ts'
import { findRefund, type RefundStatus } from './refunds.ts'
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

const REFUND_SUMMARIES: Record<RefundStatus, string> = {
  SUCCESS: '退款成功',
  ABNORMAL: '退款异常',
  CLOSED: '退款关闭',
  PROCESSING: '退款处理中',
}

/** Queues what the merchant must be told of a refund that has ended; nothing if it left no address. */
export function notifyOfRefund(room: WechatPayRoom, outRefundNo: string): void {
  const refund = findRefund(room, { outRefundNo })
  const trade = refund && findTrade(room, { outTradeNo: refund.outTradeNo })
  if (!trade || !refund.notifyUrl) return
  queueNotification(room, refund.notifyUrl, trade.outTradeNo, {
    createTime: shanghaiRfc3339(room.clock.now()),
    eventType: `REFUND.${refund.status}`,
    summary: REFUND_SUMMARIES[refund.status],
    originalType: 'refund',
    plaintext: refundNotice(room, trade, refund),
  })
}

function queueNotification(room: WechatPayRoom, url: string, outTradeNo: string, payload: NotificationPayload): void {
  room.notifications.add({
    id: `EV-${shanghaiTime(room.clock.now()).replace(/\D/g, '')}${room.ids.digits(12)}`,
    gateway: 'wechatpay',
    target: outTradeNo,
    url,
    payload: JSON.stringify(payload),
  })
}
