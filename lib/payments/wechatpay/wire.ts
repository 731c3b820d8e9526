import { z } from 'zod'
import { type Fen, toFen } from '../../domain/money.ts'

/** Whole fen, as all amounts of the API. */
export const FenAmount = z
  .number()
  .int()
  .min(0)
  .transform((amount): Fen => toFen(BigInt(amount)))

/** `2018-06-08T10:34:56+08:00` */
export const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

const TradeNo = z.string().min(1).max(64)

export const Complaint = z.object({ code: z.string().max(64), message: z.string().default('') })

/** The documents spell it both ways. */
export const RATE_CODES: ReadonlySet<string> = new Set([
  'FREQUENCY_LIMITED',
  'FREQUENCY_LIMIT_EXCEED',
  'RATELIMIT_EXCEEDED',
])
const UNKNOWN_CODES: ReadonlySet<string> = new Set(['SYSTEM_ERROR', 'SYSTEMERROR', 'BANK_ERROR', 'BANKERROR'])
/** Decisions that some pages of the documents give a status of 500. */
const FINAL_CODES: ReadonlySet<string> = new Set(['OPENID_MISMATCH', 'ORDER_CLOSED', 'ORDERCLOSED'])

/** True when the effect may or may not have taken place. */
export const isUnknownOutcome = (status: number, code: string): boolean =>
  UNKNOWN_CODES.has(code) || (status >= 500 && !FINAL_CODES.has(code))

export const ORDER_PAID: ReadonlySet<string> = new Set(['ORDER_PAID', 'ORDERPAID'])
export const ORDER_CLOSED: ReadonlySet<string> = new Set(['ORDER_CLOSED', 'ORDERCLOSED'])
export const ORDER_NOT_EXIST: ReadonlySet<string> = new Set(['ORDER_NOT_EXIST', 'ORDERNOTEXIST'])

export const NativeAnswer = z.object({ code_url: z.string().min(1).max(512) })
export const H5Answer = z.object({ h5_url: z.url({ protocol: /^https?$/ }).max(512) })
export const JsapiAnswer = z.object({ prepay_id: z.string().min(1).max(64) })

/** A trade as the query answers it and a notification brings it. Of an unpaid one, number, time and payer are absent. */
export const Transaction = z.object({
  mchid: z.string(),
  appid: z.string(),
  out_trade_no: TradeNo,
  transaction_id: TradeNo.optional(),
  trade_state: z.enum(['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR']),
  success_time: Instant.optional(),
  amount: z.object({ total: FenAmount.optional(), currency: z.string().default('CNY') }).optional(),
})
export type Transaction = z.infer<typeof Transaction>

/** `PROCESSING` is acceptance only. `ABNORMAL`: the buyer's account takes no money. */
const RefundStatus = z.enum(['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL'])

export const RefundAnswer = z.object({
  refund_id: TradeNo,
  out_refund_no: TradeNo,
  out_trade_no: TradeNo,
  status: RefundStatus,
  success_time: Instant.optional(),
  amount: z.object({ refund: FenAmount, total: FenAmount }),
})
export type RefundAnswer = z.infer<typeof RefundAnswer>

export const RefundNotice = z.object({
  mchid: z.string(),
  /** Not documented for refunds; one that names another application is not for us either. */
  appid: z.string().optional(),
  transaction_id: TradeNo,
  out_trade_no: TradeNo,
  refund_id: TradeNo,
  out_refund_no: TradeNo,
  refund_status: RefundStatus,
  success_time: Instant.optional(),
  amount: z.object({ refund: FenAmount, total: FenAmount }),
})
export type RefundNotice = z.infer<typeof RefundNotice>

export const SealedField = z.object({
  algorithm: z.literal('AEAD_AES_256_GCM'),
  ciphertext: z.string().min(1),
  nonce: z.string(),
  associated_data: z.string().default(''),
})

export const CertificatesAnswer = z.object({
  data: z.array(z.object({ serial_no: z.string().min(1).max(64), encrypt_certificate: SealedField })).max(32),
})

export const BillAnswer = z.object({
  hash_type: z.literal('SHA1'),
  hash_value: z.string().regex(/^[0-9a-fA-F]{40}$/),
  download_url: z.url({ protocol: /^https?$/ }).max(2048),
})
export type BillAnswer = z.infer<typeof BillAnswer>
