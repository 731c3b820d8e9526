import { err, ok, type Result } from '../../result.ts'
import type { CreateError } from '../errors.ts'
import { type BrowserAction, type CreateRequest, MERCHANT_NUMBER } from '../port.ts'
import type { UnionpayClient } from './client.ts'
import { signRequest } from './gateway.ts'
import { toTxnTime } from './times.ts'
import { PAYMENT_TYPE } from './wire.ts'

export const UNIONPAY_SCENES = ['form'] as const

const FRONT_PATH = '/gateway/api/frontTransReq.do'
const CHANNELS = { computer: '07', phone: '08' } as const
const MAX_AMOUNT_FEN = 999_999_999_999n
const MAX_SUBJECT_LENGTH = 64
const MAX_ADDRESS_LENGTH = 256

/** Only signs a form: UnionPay knows of the order once the buyer's browser has posted it there. */
export function createTrade(client: UnionpayClient, request: CreateRequest): Result<BrowserAction, CreateError> {
  if (request.scene.kind !== 'form') return err({ code: 'scene_not_offered' })
  const reason = whyNotSendable(request, client.clock())
  if (reason !== null) return err({ code: 'invalid_request', reason })
  const subject = cleanSubject(request.subject)
  const fields = signRequest(client, {
    txnType: PAYMENT_TYPE,
    txnSubType: '01',
    bizType: '000201',
    channelType: CHANNELS[request.scene.device],
    orderId: request.outTradeNo,
    txnTime: toTxnTime(request.startedAt),
    payTimeout: toTxnTime(request.payBefore),
    txnAmt: String(request.amount),
    currencyCode: '156',
    frontUrl: request.returnUrl,
    backUrl: client.notifyUrl,
    riskRateInfo: subject && `{commodityName=${subject}}`,
  })
  return ok({ kind: 'form', url: `${client.gatewayUrl}${FRONT_PATH}`, fields })
}

function whyNotSendable(request: CreateRequest, now: Date): string | null {
  if (!MERCHANT_NUMBER.test(request.outTradeNo)) return 'the number must be 8 to 32 letters and digits'
  if (request.amount < 1n || request.amount > MAX_AMOUNT_FEN) return 'the amount must be 0.01 to 9999999999.99 yuan'
  if (request.payBefore <= now) return 'the time to pay is over'
  if (request.returnUrl.length > MAX_ADDRESS_LENGTH) return 'the return address is too long'
  return null
}

/** Without what has a meaning in a field of fields (`{}[]&=`), at most 64 units, no character cut in two. */
export function cleanSubject(subject: string): string {
  const clean = subject
    .replace(/[\p{Cc}\p{Cs}{}[\]&=]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
  return clean
    .slice(0, MAX_SUBJECT_LENGTH)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()
}
