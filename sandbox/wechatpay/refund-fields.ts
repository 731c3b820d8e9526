import { z } from 'zod'
import { shanghaiRfc3339 } from '../shanghai-time.ts'
import { NotifyUrl, OutTradeNo, Total } from './order-fields.ts'
import type { Fields } from './problems.ts'
import type { Refund, WayOut } from './refunds.ts'
import type { WechatPayRoom } from './room.ts'
import type { Trade } from './trades.ts'

const OutRefundNo = z.string().regex(/^[\w\-|*@]{1,64}$/)

export const RefundOrder = z
  .strictObject({
    transaction_id: z.string().min(1).max(32).optional(),
    out_trade_no: OutTradeNo.optional(),
    out_refund_no: OutRefundNo,
    reason: z.string().max(80).optional(),
    notify_url: NotifyUrl.optional(),
    funds_account: z.enum(['AVAILABLE', 'UNSETTLED']).optional(),
    amount: z.strictObject({
      refund: Total,
      total: Total,
      currency: z.literal('CNY'),
      from: z.array(z.strictObject({ account: z.enum(['AVAILABLE', 'UNAVAILABLE']), amount: Total })).optional(),
    }),
    goods_detail: z.array(z.looseObject({ merchant_goods_id: z.string().min(1).max(32) })).optional(),
  })
  .refine(({ transaction_id, out_trade_no }) => transaction_id !== undefined || out_trade_no !== undefined, {
    path: ['out_trade_no'],
  })
export type RefundOrder = z.infer<typeof RefundOrder>

export const AbnormalRefund = z.strictObject({
  out_refund_no: OutRefundNo,
  type: z.enum(['USER_BANK_CARD', 'MERCHANT_BANK_CARD']),
  bank_type: z.string().min(1).max(16).optional(),
  bank_account: z.string().min(1).max(1024).optional(),
  real_name: z.string().min(1).max(1024).optional(),
})

const RECEIVERS: Record<WayOut, string> = {
  ORIGINAL: '支付用户零钱',
  USER_BANK_CARD: '招商银行信用卡0403',
  MERCHANT_BANK_CARD: '商户银行账户',
}

/** A refund as the request and the query tell it. */
export function refundFields(trade: Trade, refund: Refund): Fields {
  const total = Number(trade.total)
  const amount = Number(refund.amount)
  return {
    amount: {
      currency: 'CNY',
      discount_refund: 0,
      from: [],
      payer_refund: amount,
      payer_total: total,
      refund: amount,
      refund_fee: Number(refund.feeBack),
      settlement_refund: amount,
      settlement_total: total,
      total,
    },
    channel: refund.paysOut === 'ORIGINAL' ? 'ORIGINAL' : 'OTHER_BANKCARD',
    create_time: shanghaiRfc3339(refund.createdAt),
    funds_account: 'AVAILABLE',
    out_refund_no: refund.outRefundNo,
    out_trade_no: trade.outTradeNo,
    promotion_detail: [],
    refund_id: refund.refundId,
    status: refund.status,
    ...successTime(refund),
    transaction_id: trade.transactionId,
    user_received_account: RECEIVERS[refund.paysOut],
  }
}

/** A refund as the notification tells it: the status has another name there. */
export const refundNotice = (room: WechatPayRoom, trade: Trade, refund: Refund): Fields => ({
  mchid: room.merchant.mchid,
  out_trade_no: trade.outTradeNo,
  transaction_id: trade.transactionId,
  out_refund_no: refund.outRefundNo,
  refund_id: refund.refundId,
  refund_status: refund.status,
  ...successTime(refund),
  amount: {
    total: Number(trade.total),
    refund: Number(refund.amount),
    payer_total: Number(trade.total),
    payer_refund: Number(refund.amount),
  },
  user_received_account: RECEIVERS[refund.paysOut],
})

const successTime = ({ status, endedAt }: Refund): Fields =>
  status === 'SUCCESS' && endedAt !== null ? { success_time: shanghaiRfc3339(endedAt) } : {}
