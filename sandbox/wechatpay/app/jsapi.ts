import { z } from 'zod'
import { type Answer, type Incoming, json } from '../../http/messages.ts'
import { readJson } from '../../http/read-json.ts'
import { verifyBytes } from '../../keys/rsa-sha256.ts'
import { findPrepay } from '../prepays.ts'
import type { WechatPayRoom } from '../room.ts'
import { findTrade } from '../trades.ts'

export const JSAPI_PATH = '/wechat/jsapi'

/** All of them text, the time as well: with a number WeChat answers “缺少参数”. */
const PayRequest = z.strictObject({
  appId: z.string(),
  timeStamp: z.string().regex(/^\d{10}$/),
  nonceStr: z.string().min(1).max(32),
  package: z.string().regex(/^prepay_id=wx\w{1,61}$/),
  signType: z.literal('RSA'),
  paySign: z.string().min(1),
})

/** What a page asks the app by `getBrandWCPayRequest`: the sheet on which to pay, or why there is none. */
export function askToPay(room: WechatPayRoom, incoming: Incoming): Answer {
  const refuse = (reason: string) => json({ err_msg: 'get_brand_wcpay_request:fail', err_desc: reason })
  const read = PayRequest.safeParse(readJson(incoming.body))
  if (!read.success) return refuse(`调用支付JSAPI缺少参数：${read.error.issues[0]?.path.join('.') ?? ''}`)
  const asked = read.data
  const text = `${asked.appId}\n${asked.timeStamp}\n${asked.nonceStr}\n${asked.package}\n`
  if (!verifyBytes(Buffer.from(text), room.keys.merchantPublicKey, asked.paySign)) return refuse('支付验证签名失败')
  if (asked.appId !== room.merchant.appid) return refuse('appid和mch_id不匹配')
  const prepay = findPrepay(room, asked.package.slice('prepay_id=wx'.length))
  const trade = prepay && findTrade(room, prepay)
  if (!prepay || trade?.tradeType !== 'JSAPI') return refuse('该订单不存在')
  return json({ sheet: `/wechat/pay/${prepay.token}?sheet=1` })
}
