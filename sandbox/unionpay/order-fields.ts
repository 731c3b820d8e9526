import { z } from 'zod'
import type { Outcome } from './response-codes.ts'
import type { UnionpayRoom } from './room.ts'
import { findTransaction } from './transactions.ts'
import { parseCompactTime } from './txn-time.ts'

/** 8 to 40 letters and digits; no `-`, no `_`. */
export const OrderId = z.string().regex(/^[0-9A-Za-z]{8,40}$/)
const Moment = z.string().refine((value) => parseCompactTime(value) !== null)

/** Whole fen, no sign, no leading zero, at most twelve digits. */
const Amount = z
  .string()
  .regex(/^[1-9]\d{0,11}$/)
  .transform(BigInt)

const WebAddress = z
  .string()
  .max(256)
  .refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value))
const Reserved = z.string().max(1024).optional()
const Channel = z.enum(['07', '08'])

export const PayOrder = z.object({
  txnSubType: z.literal('01'),
  bizType: z.literal('000201'),
  channelType: Channel,
  orderId: OrderId,
  txnTime: z.string(),
  txnAmt: Amount,
  currencyCode: z.literal('156'),
  frontUrl: WebAddress,
  backUrl: WebAddress,
  frontFailUrl: WebAddress.optional(),
  payTimeout: Moment.optional(),
  riskRateInfo: z
    .string()
    .max(2048)
    .regex(/^\{.*\}$/s)
    .optional(),
  orderDesc: z.string().max(32).optional(),
  reqReserved: Reserved,
})

/** A refund and a cancel ask for the same; the merchant may leave out the currency. */
export const ReturnOrder = z.object({
  txnSubType: z.literal('00'),
  bizType: z.enum(['000201', '000000']),
  channelType: Channel,
  orderId: OrderId,
  txnTime: z.string(),
  origQryId: z.string().regex(/^\d{21}$/),
  txnAmt: Amount,
  currencyCode: z.literal('156').optional(),
  backUrl: WebAddress,
  reqReserved: Reserved,
})
export type ReturnOrder = z.infer<typeof ReturnOrder>

export const Question = z.object({
  txnSubType: z.literal('00'),
  bizType: z.enum(['000000', '000201']),
  orderId: OrderId,
  txnTime: z.string(),
})

export const CertificateQuestion = z.object({
  txnSubType: z.literal('00'),
  bizType: z.literal('000000'),
  channelType: Channel,
  orderId: OrderId,
  certType: z.literal('01'),
})

export const FileQuestion = z.object({
  txnSubType: z.literal('01'),
  bizType: z.literal('000000'),
  fileType: z.literal('00'),
  settleDate: z.string().regex(/^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/),
})

/** Why a new transaction may not begin under this number and time, if it may not. */
export function refusalToBegin(room: UnionpayRoom, order: { orderId: string; txnTime: string }): Outcome | null {
  if (findTransaction(room, order)) return { code: '12' }
  const { txnTimePastMs, txnTimeAheadMs } = room.settings.current()
  const age = room.clock.now() - (parseCompactTime(order.txnTime) ?? 0)
  return age > txnTimePastMs || age < -txnTimeAheadMs ? { code: '39', detail: 'txnTime' } : null
}
