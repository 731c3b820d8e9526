import { z } from 'zod'
import { type Fen, toFen } from '../../domain/money.ts'
import { parseTxnTime } from './times.ts'

export const SUCCESS_CODES: ReadonlySet<string> = new Set(['00', 'A6'])
/** Time-out, unknown, accepted, not open, busy, no file, other: the effect may or may not have taken place. */
export const UNKNOWN_CODES: ReadonlySet<string> = new Set(['02', '03', '04', '05', '06', '98', '99'])
export const [DUPLICATE, NO_SUCH_ORDER, NO_SUCH_FILE] = ['12', '34', '98'] as const

export const PAYMENT_TYPE = '01'
export const REFUND_TYPE = '04'
export const CANCEL_TYPE = '31'
export const FILE_TYPE = '76'

const AMOUNT = /^(0|[1-9]\d{0,11})$/

/** Whole fen: no sign, no point, no leading zero. */
export const parseAmount = (text: string): Fen | null => (AMOUNT.test(text) ? toFen(BigInt(text)) : null)

export const Amount = z.string().transform((text, context): Fen => {
  const amount = parseAmount(text)
  if (amount !== null) return amount
  context.addIssue({ code: 'custom', message: 'not an amount in fen' })
  return z.NEVER
})

export const TxnTime = z.string().transform((text, context): Date => {
  const instant = parseTxnTime(text)
  if (instant) return instant
  context.addIssue({ code: 'custom', message: 'not a time' })
  return z.NEVER
})

/** Yuan goes by its number; any other currency keeps its own, which no attempt has. */
export const Currency = z.string().transform((code) => (code === '156' ? 'CNY' : code))

/** The gateway's own number of a transaction, 21 digits as far as was seen. */
export const QueryId = z.string().regex(/^\d{6,32}$/)
const OrderId = z.string().min(1).max(64)

/** What names an order: it is in every message about one. */
export const OrderName = z.object({ orderId: OrderId, txnTime: TxnTime })

/** What became of the order that was asked about; `respCode` only told that the question was understood. */
export const QueryAnswer = z.object({
  origRespCode: z.string(),
  queryId: QueryId.optional(),
  txnAmt: Amount.optional(),
  currencyCode: Currency.default('CNY'),
  traceTime: z.string().optional(),
})
export type QueryAnswer = z.infer<typeof QueryAnswer>

export const Notice = OrderName.extend({
  txnType: z.enum([PAYMENT_TYPE, REFUND_TYPE, CANCEL_TYPE]),
  respCode: z.string().regex(/^[0-9A-Z]{2}$/),
  queryId: QueryId,
  txnAmt: Amount,
  currencyCode: Currency,
  traceTime: z.string().optional(),
  reqReserved: z.string().optional(),
})
export type Notice = z.infer<typeof Notice>

export const FileAnswer = z.object({ fileContent: z.base64().min(1), settleDate: z.string().optional() })
