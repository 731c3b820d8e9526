import { z } from 'zod'
import type { Fen } from '../../domain/money.ts'
import { parseYuan } from '../../domain/money.ts'
import { parseShanghaiTime } from '../../domain/shanghai-time.ts'

/** What every answer of the gateway begins with. All codes are strings; HTTP says 200 throughout. */
export const Answer = z.object({
  code: z.string(),
  msg: z.string().default(''),
  sub_code: z.string().optional(),
  sub_msg: z.string().optional(),
})
export type Answer = z.infer<typeof Answer>

/** Spelt as Alipay spells them, mistakes included. */
const UNKNOWN_SUB_CODES = new Set(['ACQ.SYSTEM_ERROR', 'AQC.SYSTEM_ERROR', 'isp.unknow-error', 'aop.unknow-error'])

/** True when the effect may or may not have taken place. */
export const isUnknownOutcome = (code: string, subCode: string): boolean =>
  code === '20000' || code === '10003' || UNKNOWN_SUB_CODES.has(subCode)

/** `"88.88"` in yuan, to fen by its digits. */
export const Yuan = z.string().transform((text, context): Fen => {
  const amount = parseYuan(text)
  if (amount !== null) return amount
  context.addIssue({ code: 'custom', message: 'not an amount in yuan' })
  return z.NEVER
})

/** `2026-11-21 17:30:00`, always in Shanghai. */
export const ShanghaiTime = z.string().transform((text, context): Date => {
  const instant = parseShanghaiTime(text)
  if (instant) return instant
  context.addIssue({ code: 'custom', message: 'not a time' })
  return z.NEVER
})

export const TradeStatus = z.enum(['WAIT_BUYER_PAY', 'TRADE_SUCCESS', 'TRADE_CLOSED', 'TRADE_FINISHED'])

const TradeNo = z.string().min(1).max(64)

export const PrecreateAnswer = z.object({ out_trade_no: TradeNo, qr_code: z.string().min(1).max(1024) })

export const QueryAnswer = z.object({
  trade_no: TradeNo,
  out_trade_no: TradeNo,
  trade_status: TradeStatus,
  total_amount: Yuan,
  /** Absent until money arrived; still there once all of it went back. */
  send_pay_date: ShanghaiTime.optional(),
  trans_currency: z.string().default('CNY'),
})
export type QueryAnswer = z.infer<typeof QueryAnswer>

export const CloseAnswer = z.object({ out_trade_no: TradeNo.optional() })

export const CancelAnswer = z.object({
  out_trade_no: TradeNo.optional(),
  retry_flag: z.enum(['Y', 'N']).default('N'),
  action: z.enum(['close', 'refund']).optional(),
})

/** `refund_fee` is left out on purpose: it is the sum of all refunds of the trade, not this one. */
export const RefundAnswer = z.object({
  out_trade_no: TradeNo,
  fund_change: z.enum(['Y', 'N']).default('N'),
  gmt_refund_pay: ShanghaiTime.optional(),
})

/** An answer without `refund_status` says that nothing was refunded. */
export const RefundQueryAnswer = z.object({
  out_trade_no: TradeNo.optional(),
  out_request_no: z.string().optional(),
  refund_status: z.string().optional(),
  gmt_refund_pay: ShanghaiTime.optional(),
})

export const BillUrlAnswer = z.object({ bill_download_url: z.url({ protocol: /^https?$/ }).max(2048) })

export const CertificateAnswer = z.object({ alipay_cert_content: z.base64() })
