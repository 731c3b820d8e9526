import { z } from 'zod'
import { type Problem, paramError } from './problems.ts'

const text = (longest: number) => z.string().max(longest)
const filled = (longest: number) => z.string().min(1).max(longest)

export const OutTradeNo = z.string().regex(/^[\w\-|*]{6,32}$/)
export const Total = z.number().int().min(1).max(10_000_000_000)
/** `yyyy-MM-ddTHH:mm:ss+TIMEZONE`, a moment that the calendar has. */
const Moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
  .refine((value) => !Number.isNaN(Date.parse(value)))

/** Absolute, and without a query: the platform refuses those. */
export const NotifyUrl = z
  .string()
  .max(256)
  .refine((value) => /^https?:\/\/[^?#]+$/i.test(value) && URL.canParse(value))

const GoodsDetail = z.strictObject({
  merchant_goods_id: filled(32),
  wechatpay_goods_id: text(32).optional(),
  goods_name: text(256).optional(),
  quantity: z.number().int().min(1),
  unit_price: z.number().int().min(0),
})
const StoreInfo = z.strictObject({
  id: filled(32),
  name: text(256).optional(),
  area_code: text(32).optional(),
  address: text(512).optional(),
})
const SceneInfo = { payer_client_ip: filled(45), device_id: text(32).optional(), store_info: StoreInfo.optional() }

/** What all ways to pay have in common. A field that is not named here is refused, as the platform does. */
const OrderFields = {
  appid: filled(32),
  mchid: filled(32),
  description: filled(127),
  out_trade_no: OutTradeNo,
  time_expire: Moment.optional(),
  attach: text(128).optional(),
  notify_url: NotifyUrl,
  goods_tag: text(32).optional(),
  support_fapiao: z.boolean().optional(),
  amount: z.strictObject({ total: Total, currency: z.literal('CNY').optional() }),
  detail: z
    .strictObject({
      cost_price: z.number().int().min(0).optional(),
      invoice_id: text(32).optional(),
      goods_detail: z.array(GoodsDetail).min(1).max(6000).optional(),
    })
    .optional(),
  settle_info: z.strictObject({ profit_sharing: z.boolean().optional() }).optional(),
}

export const NativeOrder = z.strictObject({ ...OrderFields, scene_info: z.strictObject(SceneInfo).optional() })
export const JsapiOrder = z.strictObject({
  ...OrderFields,
  scene_info: z.strictObject(SceneInfo).optional(),
  payer: z.strictObject({ openid: filled(128) }),
})
export const H5Order = z.strictObject({
  ...OrderFields,
  scene_info: z.strictObject({
    ...SceneInfo,
    h5_info: z.strictObject({
      type: z.enum(['iOS', 'Android', 'Wap']),
      app_name: text(64).optional(),
      app_url: text(128).optional(),
      bundle_id: text(128).optional(),
      package_name: text(128).optional(),
    }),
  }),
})
export type Order = z.infer<typeof NativeOrder> | z.infer<typeof JsapiOrder> | z.infer<typeof H5Order>

export const CloseOrder = z.strictObject({ mchid: filled(32) })

/** The fields, or the complaint naming the first that is wrong by its JSON pointer. */
export function readFields<T>(
  schema: z.ZodType<T>,
  location: 'body' | 'query',
  fields: unknown,
): { readonly value: T } | { readonly problem: Problem } {
  const parsed = schema.safeParse(fields)
  if (parsed.success) return { value: parsed.data }
  const [issue] = parsed.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const path = [...(issue?.path ?? []), ...unknown]
  const complaint = unknown.length > 0 ? '不支持的参数' : '规则校验失败'
  return { problem: paramError(location, `/${path.join('/')}`, complaint, valueAt(fields, path)) }
}

const valueAt = (fields: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null) return undefined
    return Object.entries(value).find(([name]) => name === String(step))?.[1]
  }, fields)

/** The same content in the same text, whatever the order in which it was sent: what a repetition is compared by. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sortKeys(value))

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sortKeys(item)]),
  )
}
