import { z } from 'zod'
import { parseYuan } from '../money.ts'
import { parseShanghaiTime } from '../shanghai-time.ts'
import { type Problem, problem } from './problems.ts'

const text = (longest: number) => z.string().max(longest)
const filled = (longest: number) => z.string().min(1).max(longest)

export const OutTradeNo = z.string().regex(/^\w{1,64}$/)
const TradeNo = z.string().regex(/^\d{16,64}$/)

/** Yuan with at most two decimals, 0.01 to 100,000,000.00, as fen. */
export const Amount = z
  .string()
  .max(11)
  .transform((value, context) => {
    const fen = parseYuan(value)
    if (fen !== null && fen >= 1n && fen <= 10_000_000_000n) return fen
    context.addIssue({ code: 'custom', message: 'amount' })
    return z.NEVER
  })

const Moment = z.string().refine((value) => parseShanghaiTime(value) !== null)
const Lapse = z.string().regex(/^([1-9]\d{0,4}[mhd]|1c)$/)

/** What page, wap and precreate have in common. Fields that are not named here are ignored, as the gateway does. */
const OrderFields = {
  out_trade_no: OutTradeNo,
  total_amount: Amount,
  subject: filled(256),
  body: text(128).optional(),
  time_expire: Moment.optional(),
  timeout_express: Lapse.optional(),
  seller_id: z.string().max(28).optional(),
  goods_type: z.enum(['0', '1']).optional(),
  goods_detail: z
    .array(z.looseObject({ goods_id: filled(64), goods_name: filled(256), quantity: z.unknown(), price: z.unknown() }))
    .optional(),
  store_id: text(32).optional(),
  passback_params: text(512).optional(),
  enable_pay_channels: text(128).optional(),
  disable_pay_channels: text(128).optional(),
}
const eitherChannels = (order: {
  enable_pay_channels?: string | undefined
  disable_pay_channels?: string | undefined
}) => !(order.enable_pay_channels && order.disable_pay_channels)

export const PageOrder = z
  .object({
    ...OrderFields,
    product_code: z.literal('FAST_INSTANT_TRADE_PAY'),
    qr_pay_mode: z.enum(['0', '1', '2', '3', '4']).optional(),
    qrcode_width: z.unknown().optional(),
  })
  .refine(eitherChannels)
export const WapOrder = z
  .object({ ...OrderFields, product_code: z.literal('QUICK_WAP_WAY'), quit_url: text(400).optional() })
  .refine(eitherChannels)
export const QrOrder = z
  .object({
    ...OrderFields,
    product_code: z.literal('FACE_TO_FACE_PAYMENT').optional(),
    qr_code_timeout_express: Lapse.optional(),
    operator_id: text(28).optional(),
    terminal_id: text(32).optional(),
  })
  .refine(eitherChannels)

const whichTrade = (biz: { out_trade_no?: string | undefined; trade_no?: string | undefined }) =>
  biz.out_trade_no !== undefined || biz.trade_no !== undefined
const TradeFields = {
  out_trade_no: OutTradeNo.optional(),
  trade_no: TradeNo.optional(),
  query_options: z.array(z.string()).max(1024).optional(),
  operator_id: text(30).optional(),
}
const RequestNo = z.string().regex(/^[\w-]{1,64}$/)

export const TradeChoice = z.object(TradeFields).refine(whichTrade)
export const RefundOrder = z
  .object({
    ...TradeFields,
    refund_amount: Amount,
    refund_reason: text(256).optional(),
    out_request_no: RequestNo.optional(),
  })
  .refine(whichTrade)
export const RefundChoice = z.object({ ...TradeFields, out_request_no: RequestNo }).refine(whichTrade)
export const BillChoice = z.object({
  bill_type: z.enum(['trade', 'signcustomer', 'merchant_act']),
  bill_date: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/),
})
export const CertificateChoice = z.object({ alipay_cert_sn: z.string().regex(/^[0-9a-f]{32}$/) })

/** The fields, or the protocol's complaint naming the first that is wrong. */
export function readBiz<T>(schema: z.ZodType<T>, biz: unknown): { readonly value: T } | { readonly problem: Problem } {
  const parsed = schema.safeParse(biz)
  if (parsed.success) return { value: parsed.data }
  const field = parsed.error.issues[0]?.path.join('.') ?? ''
  return { problem: problem('ACQ.INVALID_PARAMETER', field === '' ? undefined : `参数无效：${field}`) }
}

const UNIT_MS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
export const LONGEST_LAPSE_MS = 15 * 86_400_000

/** `90m` → milliseconds; null for `1c`, the end of the day. */
export function lapseMs(lapse: string): number | null {
  const unit = UNIT_MS[lapse.slice(-1)]
  return unit === undefined ? null : Number(lapse.slice(0, -1)) * unit
}
