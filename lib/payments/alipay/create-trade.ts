import { toYuan } from '../../domain/money.ts'
import { toShanghaiTime } from '../../domain/shanghai-time.ts'
import { err, ok, type Result } from '../../result.ts'
import type { CreateError } from '../errors.ts'
import { type BrowserAction, type CreateRequest, MERCHANT_NUMBER } from '../port.ts'
import type { AlipayClient } from './client.ts'
import { browserUrl, type Content, callGateway } from './gateway.ts'
import { PrecreateAnswer } from './wire.ts'

export const ALIPAY_SCENES = ['page', 'wap', 'qr'] as const

const MAX_AMOUNT_FEN = 10_000_000_000n
const MAX_SUBJECT_LENGTH = 256
const MAX_ADDRESS_LENGTH = 256
/** How long Alipay honours a code made by precreate. */
const QR_LIFETIME_MS = 2 * 3_600_000

/** Page and wap pay only sign an address: Alipay knows of the trade once the buyer has arrived there. */
export async function createTrade(
  client: AlipayClient,
  request: CreateRequest,
): Promise<Result<BrowserAction, CreateError>> {
  const reason = whyNotSendable(request, client.access.clock())
  if (reason !== null) return err({ code: 'invalid_request', reason })

  const addresses = { notifyUrl: client.notifyUrl, returnUrl: request.returnUrl }
  switch (request.scene.kind) {
    case 'page': {
      const content = { ...orderContent(request), product_code: 'FAST_INSTANT_TRADE_PAY' }
      return ok({ kind: 'redirect', url: browserUrl(client.access, 'alipay.trade.page.pay', content, addresses) })
    }
    case 'wap': {
      const content = { ...orderContent(request), product_code: 'QUICK_WAP_WAY', quit_url: request.scene.quitUrl }
      return ok({ kind: 'redirect', url: browserUrl(client.access, 'alipay.trade.wap.pay', content, addresses) })
    }
    case 'qr':
      return precreate(client, request)
    default:
      return err({ code: 'scene_not_offered' })
  }
}

async function precreate(client: AlipayClient, request: CreateRequest): Promise<Result<BrowserAction, CreateError>> {
  const answered = await callGateway(client.access, client.keys, {
    method: 'alipay.trade.precreate',
    content: { ...orderContent(request), product_code: 'FACE_TO_FACE_PAYMENT' },
    answer: PrecreateAnswer,
    notifyUrl: client.notifyUrl,
  })
  if (!answered.ok) return answered
  if (answered.value.outcome === 'refusal') return err(createRefusal(answered.value))
  const { content } = answered.value
  if (content.out_trade_no !== request.outTradeNo) {
    return err({ code: 'untrusted', claim: 'the answer is about another trade' })
  }
  const codeEnds = client.access.clock().getTime() + QR_LIFETIME_MS
  const expiresAt = new Date(Math.min(request.payBefore.getTime(), codeEnds))
  return ok({ kind: 'qr', text: content.qr_code, expiresAt })
}

function createRefusal({ subCode, message }: { subCode: string; message: string }): CreateError {
  if (subCode === 'ACQ.TRADE_HAS_SUCCESS') return { code: 'already_paid' }
  if (subCode === 'ACQ.TRADE_HAS_CLOSE') return { code: 'already_closed' }
  if (subCode === 'ACQ.CONTEXT_INCONSISTENT') return { code: 'number_taken' }
  return { code: 'refused', providerCode: subCode, message }
}

const orderContent = (request: CreateRequest): Content => ({
  out_trade_no: request.outTradeNo,
  total_amount: toYuan(request.amount),
  subject: cleanSubject(request.subject),
  time_expire: toShanghaiTime(request.payBefore),
})

function whyNotSendable(request: CreateRequest, now: Date): string | null {
  if (!MERCHANT_NUMBER.test(request.outTradeNo)) return 'the number must be 8 to 32 letters and digits'
  if (request.amount < 1n || request.amount > MAX_AMOUNT_FEN) return 'the amount must be 0.01 to 100000000.00 yuan'
  if (cleanSubject(request.subject) === '') return 'the subject is empty'
  if (request.payBefore <= now) return 'the time to pay is over'
  if (request.returnUrl.includes('?')) return 'the return address has a query, which would mix with the signed one'
  if (request.returnUrl.length > MAX_ADDRESS_LENGTH) return 'the return address is too long'
  return null
}

/** Without what Alipay warns of (`/`, `=`, `&`) and control characters, at most 256 units, no character cut in two. */
export function cleanSubject(subject: string): string {
  const clean = subject
    .replace(/[\p{Cc}\p{Cs}/=&]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
  return clean
    .slice(0, MAX_SUBJECT_LENGTH)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()
}
