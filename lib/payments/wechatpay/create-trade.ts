import { randomBytes } from 'node:crypto'
import { toShanghaiTime } from '../../domain/shanghai-time.ts'
import { err, ok, type Result } from '../../result.ts'
import type { CreateError } from '../errors.ts'
import { type BrowserAction, type CreateRequest, MERCHANT_NUMBER } from '../port.ts'
import { signText } from '../rsa-sha256.ts'
import { cleanText } from './clean-text.ts'
import type { WechatClient } from './client.ts'
import { callGateway, type GatewayAccess } from './gateway.ts'
import { payText } from './signing.ts'
import { H5Answer, JsapiAnswer, NativeAnswer, ORDER_CLOSED, ORDER_PAID } from './wire.ts'

export const WECHAT_SCENES = ['qr', 'h5', 'jsapi'] as const

const MAX_AMOUNT_FEN = 10_000_000_000n
const MAX_DESCRIPTION_BYTES = 127
/** How long a code and an order inside WeChat can be paid, and how long the page for other browsers opens. */
const CREDENTIAL_MS = 2 * 3_600_000
const H5_PAGE_MS = 5 * 60_000

/**
 * Places the order at WeChat Pay: a code for a screen (Native), a page for a phone's browser (H5), or a call that WeChat's own browser
 * understands (JSAPI). Repeating it with the same number and content is safe.
 */
export async function createTrade(
  client: WechatClient,
  request: CreateRequest,
): Promise<Result<BrowserAction, CreateError>> {
  const { access } = client
  const reason = whyNotSendable(request, access.clock())
  if (reason !== null) return err({ code: 'invalid_request', reason })

  const { scene } = request
  switch (scene.kind) {
    case 'qr': {
      const placed = await place(client, 'native', orderContent(client, request), NativeAnswer)
      if (!placed.ok) return placed
      return ok({ kind: 'qr', text: placed.value.code_url, expiresAt: endOf(request, access, CREDENTIAL_MS) })
    }
    case 'h5': {
      const from = { payer_client_ip: scene.payerIp, h5_info: { type: 'Wap' } }
      const placed = await place(client, 'h5', { ...orderContent(client, request), scene_info: from }, H5Answer)
      if (!placed.ok) return placed
      const url = withReturn(placed.value.h5_url, request.returnUrl)
      return ok({ kind: 'redirect', url, expiresAt: endOf(request, access, H5_PAGE_MS) })
    }
    case 'jsapi': {
      const content = { ...orderContent(client, request), payer: { openid: scene.openid } }
      const placed = await place(client, 'jsapi', content, JsapiAnswer)
      if (!placed.ok) return placed
      const parameters = payParameters(access, placed.value.prepay_id)
      return ok({ kind: 'jsapi', parameters, expiresAt: endOf(request, access, CREDENTIAL_MS) })
    }
    default:
      return err({ code: 'scene_not_offered' })
  }
}

type Order = Readonly<Record<string, unknown>>

async function place<T>(
  { access, keys }: WechatClient,
  kind: 'native' | 'h5' | 'jsapi',
  body: Order,
  answer: Parameters<typeof callGateway<T>>[3],
): Promise<Result<T, CreateError>> {
  const answered = await callGateway(
    access,
    keys,
    { method: 'POST', path: `/v3/pay/transactions/${kind}`, body },
    answer,
  )
  if (!answered.ok) return answered
  return answered.value.outcome === 'success' ? ok(answered.value.content) : err(createRefusal(answered.value))
}

/** Paid and repeated orders are told by different codes on different pages of the documents; the words help. */
function createRefusal({ refusalCode, message }: { refusalCode: string; message: string }): CreateError {
  if (ORDER_PAID.has(refusalCode) || /已支付/.test(message)) return { code: 'already_paid' }
  if (ORDER_CLOSED.has(refusalCode)) return { code: 'already_closed' }
  if (refusalCode === 'OUT_TRADE_NO_USED' || /重入|不一致|重复/.test(message)) return { code: 'number_taken' }
  return { code: 'refused', providerCode: refusalCode, message }
}

const orderContent = ({ access, notifyUrl }: WechatClient, request: CreateRequest): Order => ({
  appid: access.appId,
  mchid: access.mchId,
  description: cleanText(request.subject, MAX_DESCRIPTION_BYTES),
  out_trade_no: request.outTradeNo,
  time_expire: `${toShanghaiTime(request.payBefore).replace(' ', 'T')}+08:00`,
  notify_url: notifyUrl,
  amount: { total: Number(request.amount), currency: 'CNY' },
})

/** The signed call to `WeixinJSBridge` that asks the buyer to pay. */
function payParameters(
  { appId, clock, privateKey }: GatewayAccess,
  prepayId: string,
): Readonly<Record<string, string>> {
  const timestamp = Math.floor(clock().getTime() / 1000).toString()
  const nonce = randomBytes(16).toString('hex').toUpperCase()
  const packageText = `prepay_id=${prepayId}`
  return {
    appId,
    timeStamp: timestamp,
    nonceStr: nonce,
    package: packageText,
    signType: 'RSA',
    paySign: signText(payText({ appId, timestamp, nonce, packageText }), privateKey),
  }
}

const withReturn = (h5Url: string, returnUrl: string): string =>
  `${h5Url}${h5Url.includes('?') ? '&' : '?'}redirect_url=${encodeURIComponent(returnUrl)}`

const endOf = ({ payBefore }: CreateRequest, { clock }: GatewayAccess, lifetimeMs: number): Date =>
  new Date(Math.min(payBefore.getTime(), clock().getTime() + lifetimeMs))

function whyNotSendable(request: CreateRequest, now: Date): string | null {
  if (!MERCHANT_NUMBER.test(request.outTradeNo)) return 'the number must be 8 to 32 letters and digits'
  if (request.amount < 1n || request.amount > MAX_AMOUNT_FEN) return 'the amount must be 0.01 to 100000000.00 yuan'
  if (cleanText(request.subject, MAX_DESCRIPTION_BYTES) === '') return 'the subject is empty'
  if (request.payBefore <= now) return 'the time to pay is over'
  return null
}
