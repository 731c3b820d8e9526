import type { z } from 'zod'
import { isOpenid } from '../oauth/openids.ts'
import { canonicalJson, H5Order, JsapiOrder, NativeOrder, type Order, readFields } from '../order-fields.ts'
import { givePrepay, type Prepay } from '../prepays.ts'
import { type Outcome, type Problem, paramError, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { WechatPayRoom } from '../room.ts'
import { findTrade, type TradeType } from '../trades.ts'

/** A code for the buyer's phone to scan. */
export function createNativeOrder(room: WechatPayRoom, request: GatewayRequest): Outcome {
  return createOrder(room, request, { schema: NativeOrder, tradeType: 'NATIVE', life: 'codeLifeMs' }, ({ token }) => ({
    code_url: `weixin://wxpay/bizpayurl?pr=${token}`,
  }))
}

/** A page for a browser on a phone, which leads on to the WeChat app. */
export function createH5Order(room: WechatPayRoom, request: GatewayRequest): Outcome {
  return createOrder(room, request, { schema: H5Order, tradeType: 'MWEB', life: 'h5LifeMs' }, ({ token }) => ({
    h5_url: `${room.publicUrl}/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx${token}&package=${token.slice(0, 10)}`,
  }))
}

/** A number that the shop's page hands to the WeChat app in which it is open. */
export function createJsapiOrder(room: WechatPayRoom, request: GatewayRequest): Outcome {
  return createOrder(room, request, { schema: JsapiOrder, tradeType: 'JSAPI', life: 'prepayLifeMs' }, ({ token }) => ({
    prepay_id: `wx${token}`,
  }))
}

interface Way {
  readonly schema: z.ZodType<Order>
  readonly tradeType: TradeType
  readonly life: 'codeLifeMs' | 'h5LifeMs' | 'prepayLifeMs'
}

function createOrder(
  room: WechatPayRoom,
  request: GatewayRequest,
  way: Way,
  answer: (prepay: Prepay) => Record<string, string>,
): Outcome {
  const read = readFields(way.schema, 'body', request.body)
  if ('problem' in read) return read
  return room.book.transaction(() => {
    const order = read.value
    const context = canonicalJson([way.tradeType, order])
    const refusal = refusalToOrder(room, order, context)
    if (refusal) return { problem: refusal }
    if (!findTrade(room, { outTradeNo: order.out_trade_no })) insertTrade(room, order, way.tradeType, context)
    return { fields: answer(givePrepay(room, order.out_trade_no, room.settings.current()[way.life])) }
  })
}

function refusalToOrder(room: WechatPayRoom, order: Order, context: string): Problem | null {
  const { merchant, clock } = room
  if (order.mchid !== merchant.mchid) return problem('MCH_NOT_EXISTS')
  if (order.appid !== merchant.appid) return problem('APPID_MCHID_NOT_MATCH')
  if ('payer' in order && !isOpenid(order.payer.openid)) return problem('OPENID_MISMATCH')
  const known = findTrade(room, { outTradeNo: order.out_trade_no })
  if (!known && order.time_expire && Date.parse(order.time_expire) <= clock.now())
    return paramError('body', '/time_expire', 'time_expire时间过短', order.time_expire)
  if (!known) return null
  if (known.paidAt !== null) return problem('ORDER_PAID')
  if (known.status !== 'NOTPAY') return problem('ORDER_CLOSED', '该订单已关闭，请重新下单')
  return known.request === context
    ? null
    : problem('INVALID_REQUEST', '请求重入时，参数与首次请求时不一致，请核实请求参数后重试')
}

function insertTrade(room: WechatPayRoom, order: Order, tradeType: TradeType, context: string): void {
  const now = room.clock.now()
  const { tradeLifeMs } = room.settings.current()
  room.book.run(
    `insert into wechatpay_trades (out_trade_no, transaction_id, trade_type, status, total_fen, description, attach,
       notify_url, openid, request, created_at, pay_before)
     values (?, ?, ?, 'NOTPAY', ?, ?, ?, ?, ?, ?, ?, ?)`,
    order.out_trade_no,
    `42000${room.ids.digits(23)}`,
    tradeType,
    BigInt(order.amount.total),
    order.description,
    order.attach ?? null,
    order.notify_url,
    'payer' in order ? order.payer.openid : null,
    context,
    now,
    order.time_expire ? Date.parse(order.time_expire) : now + tradeLifeMs,
  )
}
