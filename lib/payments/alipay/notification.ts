import { z } from 'zod'
import { err, ok, type Result } from '../../result.ts'
import type { VerifyError } from '../errors.ts'
import type { IncomingMessage, Notification, Payment } from '../port.ts'
import type { AlipayClient } from './client.ts'
import { paidEventId } from './trade-calls.ts'
import { verifyMessage } from './verify-message.ts'
import { ShanghaiTime, TradeStatus, Yuan } from './wire.ts'

const MAX_BODY_BYTES = 65_536

const TradeNotice = z.object({
  notify_type: z.literal('trade_status_sync'),
  notify_id: z.string().min(1).max(128),
  notify_time: ShanghaiTime,
  trade_no: z.string().min(1).max(64),
  out_trade_no: z.string().min(1).max(64),
  trade_status: TradeStatus,
  total_amount: Yuan,
  trans_currency: z.string().default('CNY'),
  gmt_payment: ShanghaiTime.optional(),
  gmt_refund: ShanghaiTime.optional(),
  /** The sum of all refunds of the trade so far. */
  refund_fee: Yuan.optional(),
  /** Our number of the refund that the notice is about. */
  out_biz_no: z.string().min(1).max(64).optional(),
})
type TradeNotice = z.infer<typeof TradeNotice>

/** Reads what Alipay posts: size, form, charset, signature, application, seller, fields, in this order. */
export async function verifyNotification(
  client: AlipayClient,
  message: IncomingMessage,
  now: Date,
): Promise<Result<Notification, VerifyError>> {
  if (message.body.length > MAX_BODY_BYTES) {
    return err({ code: 'too_large', reason: `longer than ${MAX_BODY_BYTES} bytes` })
  }
  const verified = await verifyMessage(client, message.body, now)
  if (!verified.ok) return verified
  const notice = TradeNotice.safeParse(Object.fromEntries(verified.value))
  if (!notice.success) {
    const fields = notice.error.issues.map((issue) => issue.path.join('.'))
    return err({ code: 'malformed', reason: `genuine, but not as documented: ${fields.join(', ')}` })
  }
  return ok(toNotification(notice.data))
}

function toNotification(notice: TradeNotice): Notification {
  const message = {
    provider: 'alipay',
    messageId: notice.notify_id,
    outTradeNo: notice.out_trade_no,
    providerTradeNo: notice.trade_no,
  } as const
  const paid = { ...message, kind: 'paid', eventId: paidEventId(notice.trade_no) } as const
  switch (notice.trade_status) {
    case 'WAIT_BUYER_PAY':
      return { ...message, kind: 'nothing', eventId: `waiting:${notice.trade_no}`, reason: 'not paid yet' }
    case 'TRADE_SUCCESS':
      return isAboutRefund(notice) ? { ...message, ...refundOf(notice) } : { ...paid, payment: paymentOf(notice) }
    case 'TRADE_FINISHED':
      // Comes months later and after refunds too; it never tells of a new refund.
      return { ...paid, payment: paymentOf(notice) }
    case 'TRADE_CLOSED':
      // Either nobody paid in time, or all the money went back: the two share one status.
      return isAboutRefund(notice)
        ? { ...message, ...refundOf(notice) }
        : { ...message, kind: 'closed', eventId: `closed:${notice.trade_no}` }
  }
}

const isAboutRefund = (notice: TradeNotice): boolean =>
  notice.gmt_refund !== undefined || (notice.refund_fee !== undefined && notice.refund_fee > 0n)

const refundOf = (notice: TradeNotice) =>
  ({
    kind: 'refunded',
    eventId: `refunded:${notice.trade_no}:${notice.out_biz_no ?? ''}:${notice.refund_fee ?? 0n}`,
    payment: notice.gmt_payment ? paymentOf(notice) : null,
    refundNo: notice.out_biz_no ?? null,
    amount: null,
    refundedTotal: notice.refund_fee ?? null,
    complete: notice.trade_status === 'TRADE_CLOSED' || notice.refund_fee === notice.total_amount,
  }) as const

const paymentOf = (notice: TradeNotice): Payment => ({
  eventId: paidEventId(notice.trade_no),
  providerTradeNo: notice.trade_no,
  amount: notice.total_amount,
  currency: notice.trans_currency,
  paidAt: notice.gmt_payment ?? notice.notify_time,
  refundable: notice.trade_status !== 'TRADE_FINISHED',
})
