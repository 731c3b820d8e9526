import { z } from 'zod'
import { parseShanghaiTime, shanghaiMidnightAfter } from '../shanghai-time.ts'
import { LONGEST_LAPSE_MS, lapseMs } from './biz-fields.ts'
import { type Problem, problem } from './problems.ts'
import type { GatewayRequest } from './read-request.ts'
import type { AlipayRoom } from './room.ts'

/** An order as the merchant signed it, kept as JSON until a buyer opens it. */
export const Terms = z.object({
  outTradeNo: z.string(),
  productCode: z.string(),
  totalFen: z.string(),
  subject: z.string(),
  body: z.string().nullable(),
  passbackParams: z.string().nullable(),
  notifyUrl: z.string().nullable(),
  returnUrl: z.string().nullable(),
  quitUrl: z.string().nullable(),
  mode: z.enum(['key', 'certificate']),
  timeExpire: z.string().nullable(),
  timeoutExpress: z.string().nullable(),
})
export type Terms = z.infer<typeof Terms>

interface SignedOrder {
  readonly out_trade_no: string
  readonly total_amount: bigint
  readonly subject: string
  readonly body?: string | undefined
  readonly passback_params?: string | undefined
  readonly time_expire?: string | undefined
  readonly timeout_express?: string | undefined
  readonly seller_id?: string | undefined
  readonly quit_url?: string | undefined
}

/** Refuses what no single field shows: another seller, a time limit that is past or too long. */
export function readTerms(
  room: AlipayRoom,
  request: GatewayRequest,
  order: SignedOrder,
  productCode: string,
): { readonly terms: Terms } | { readonly problem: Problem } {
  if (order.seller_id && order.seller_id !== room.merchant.sellerId)
    return { problem: problem('ACQ.INVALID_PARAMETER', '参数无效：seller_id') }
  const limit = order.time_expire ? parseShanghaiTime(order.time_expire) : null
  if (limit !== null && limit <= room.clock.now())
    return { problem: problem('ACQ.INVALID_PARAMETER', '参数无效：time_expire 已过期') }
  if (order.timeout_express && (lapseMs(order.timeout_express) ?? 0) > LONGEST_LAPSE_MS)
    return { problem: problem('ACQ.INVALID_PARAMETER', '参数无效：timeout_express') }
  return {
    terms: {
      outTradeNo: order.out_trade_no,
      productCode,
      totalFen: order.total_amount.toString(),
      subject: order.subject,
      body: order.body ?? null,
      passbackParams: order.passback_params ?? null,
      notifyUrl: request.notifyUrl,
      returnUrl: request.returnUrl,
      quitUrl: order.quit_url ?? null,
      mode: request.mode,
      timeExpire: order.time_expire ?? null,
      timeoutExpress: order.timeout_express ?? null,
    },
  }
}

/** What a second request with the same merchant number must repeat to mean the same trade. */
export const contextOf = (terms: Terms): string =>
  JSON.stringify([terms.productCode, terms.totalFen, terms.subject, terms.body])

/** When an unpaid trade closes by itself, opened now. The absolute limit wins over the relative one. */
export function expiryOf(room: AlipayRoom, terms: Terms): number {
  const now = room.clock.now()
  const absolute = terms.timeExpire ? parseShanghaiTime(terms.timeExpire) : null
  if (absolute !== null) return absolute
  if (terms.timeoutExpress === null) return now + room.settings.current().tradeLifeMs
  const lapse = lapseMs(terms.timeoutExpress)
  return lapse === null ? shanghaiMidnightAfter(now) : now + lapse
}
