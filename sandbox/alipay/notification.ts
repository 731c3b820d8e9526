import { formatYuan } from '../money.ts'
import { shanghaiTime, shanghaiTimeMs } from '../shanghai-time.ts'
import { BUYER } from './accounts.ts'
import type { AlipayRoom } from './room.ts'
import { findTrade, type Refund, type Trade } from './trades.ts'

/** A message before it is signed: fields in the order of sending, and the mode whose key signs it. */
export interface NotificationPayload {
  readonly mode: 'key' | 'certificate'
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** Queues what the merchant must be told of a trade as it stands now; nothing if it left no address. */
export function notifyOf(room: AlipayRoom, tradeNo: string, refund: Refund | null): void {
  const trade = findTrade(room, { tradeNo })
  if (!trade?.notifyUrl) return
  const now = room.clock.now()
  const time = shanghaiTime(now)
  const id = `${time.slice(0, 10).replaceAll('-', '')}00222${time.slice(11).replaceAll(':', '')}${room.ids.digits(15)}`
  const payload: NotificationPayload = { mode: trade.mode, fields: notificationFields(room, trade, refund, id) }
  room.notifications.add({
    id,
    gateway: 'alipay',
    target: trade.outTradeNo,
    url: trade.notifyUrl,
    payload: JSON.stringify(payload),
  })
}

function notificationFields(
  room: AlipayRoom,
  trade: Trade,
  refund: Refund | null,
  id: string,
): NotificationPayload['fields'] {
  const { merchant } = room
  const fields: [string, string | null][] = [
    ['gmt_create', shanghaiTime(trade.createdAt)],
    ['charset', 'utf-8'],
    ['seller_email', merchant.sellerEmail],
    ['subject', trade.subject],
    ['body', trade.body],
    ['buyer_id', BUYER.userId],
    ['buyer_logon_id', BUYER.logonId],
    ['notify_id', id],
    ['notify_type', 'trade_status_sync'],
    ['trade_status', trade.status],
    ['app_id', merchant.appId],
    ['auth_app_id', merchant.appId],
    ['seller_id', merchant.sellerId],
    ['version', '1.0'],
    ['trade_no', trade.tradeNo],
    ['out_trade_no', trade.outTradeNo],
    ['total_amount', formatYuan(trade.total)],
    ...paymentFields(trade),
    ...refundFields(trade, refund),
    ['gmt_close', trade.closedAt === null ? null : shanghaiTime(trade.closedAt)],
    ['passback_params', trade.passbackParams],
  ]
  return fields.filter((field): field is [string, string] => field[1] !== null && field[1] !== '')
}

function paymentFields(trade: Trade): [string, string][] {
  if (trade.paidAt === null) return []
  const amount = formatYuan(trade.total)
  return [
    ['gmt_payment', shanghaiTime(trade.paidAt)],
    ['receipt_amount', amount],
    ['invoice_amount', amount],
    ['buyer_pay_amount', amount],
    ['point_amount', '0.00'],
    ['fund_bill_list', JSON.stringify([{ amount, fundChannel: 'ALIPAYACCOUNT' }])],
  ]
}

function refundFields(trade: Trade, refund: Refund | null): [string, string][] {
  if (!refund) return []
  return [
    ['refund_fee', formatYuan(trade.refunded)],
    ['gmt_refund', shanghaiTimeMs(refund.refundedAt)],
    ['out_biz_no', refund.outRequestNo],
  ]
}
