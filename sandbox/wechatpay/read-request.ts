import type { Incoming } from '../http/messages.ts'
import { verifyBytes } from '../keys/rsa-sha256.ts'
import { type Authorization, parseAuthorization, SCHEME } from './authorization.ts'
import { type Problem, problem } from './problems.ts'
import type { WechatPayRoom } from './room.ts'
import { requestText } from './signature.ts'

/** A request whose sender is known. */
export interface GatewayRequest {
  readonly query: URLSearchParams
  /** Undefined when there is none. */
  readonly body: unknown
  /** Which of the platform's keys the merchant holds, by its own word. */
  readonly platformSerial: string | null
}

/** `signedIn`: the sender is known, so that even the refusal is signed. */
export type ReadRequest =
  | { readonly ok: true; readonly request: GatewayRequest }
  | { readonly ok: false; readonly problem: Problem; readonly signedIn: boolean }

/** Checks everything that the gateway checks before it looks at the business. */
export function readRequest(room: WechatPayRoom, incoming: Incoming): ReadRequest {
  const refuse = (found: Problem, signedIn = false): ReadRequest => ({ ok: false, problem: found, signedIn })
  const early = checkHeaders(incoming)
  if (early) return refuse(early)
  const header = incoming.headers.authorization ?? ''
  const authorization = parseAuthorization(header)
  if (!authorization) return refuse(malformed(header))
  const wrong = checkAuthorization(room, incoming, authorization)
  if (wrong) return refuse(wrong)

  const platformSerial = readPlatformSerial(room, incoming)
  if (platformSerial === undefined)
    return refuse(problem('PARAM_ERROR', '平台证书序列号Wechatpay-Serial错误', { field: 'Wechatpay-Serial' }), true)
  const body = readBody(incoming.body)
  if ('problem' in body) return refuse(body.problem, true)
  return { ok: true, request: { query: new URLSearchParams(incoming.query), body: body.value, platformSerial } }
}

function checkHeaders({ headers, method }: Incoming): Problem | null {
  if (!headers.accept || !headers['user-agent']) return problem('PARAM_ERROR', 'Http头缺少Accept或User-Agent')
  if (method === 'POST' && !/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? ''))
    return problem('PARAM_ERROR', 'Http头Content-Type应为application/json')
  return null
}

const malformed = (header: string): Problem =>
  problem(
    'SIGN_ERROR',
    header === '' || header.startsWith(`${SCHEME} `)
      ? 'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》'
      : 'Http头Authorization认证类型不正确',
    { location: 'authorization' },
  )

function checkAuthorization(room: WechatPayRoom, incoming: Incoming, given: Authorization): Problem | null {
  const { keys, merchant, clock, settings } = room
  const at = (field: string) => ({ field, location: 'authorization' })
  if (given.mchid !== merchant.mchid) return problem('SIGN_ERROR', '商户号不存在', at('mchid'))
  if (given.serial_no !== keys.merchantSerial)
    return problem('SIGN_ERROR', '商户证书序列号有误。请使用签名私钥匹配的证书序列号', at('serial_no'))
  if (!/^\d{10}$/.test(given.timestamp)) return problem('SIGN_ERROR', 'Http头Authorization中的timestamp格式错误')
  if (!/^[\w-]{8,64}$/.test(given.nonce_str)) return problem('SIGN_ERROR', 'Http头Authorization中的nonce_str格式错误')
  if (Math.abs(Number(given.timestamp) * 1000 - clock.now()) > settings.current().timestampToleranceMs)
    return problem('SIGN_ERROR', 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟', at('timestamp'))

  const target = incoming.query === '' ? incoming.path : `${incoming.path}?${incoming.query}`
  const { nonce_str: nonce, timestamp } = given
  const text = requestText({ method: incoming.method, target, timestamp, nonce, body: incoming.body })
  if (!verifyBytes(text, keys.merchantPublicKey, given.signature)) return mismatch(incoming.method, target, text)
  return isFresh(room, nonce) ? null : problem('SIGN_ERROR', 'Http头Authorization中的nonce_str重复', at('nonce_str'))
}

const SHOWN_CHARACTERS = 512

/** Shows what the gateway has signed, so that the merchant can lay it beside its own. */
const mismatch = (method: string, url: string, text: Buffer): Problem =>
  problem('SIGN_ERROR', undefined, {
    detail: { issue: 'sign not match' },
    field: 'signature',
    location: 'authorization',
    sign_information: {
      method,
      sign_message_length: text.length,
      truncated_sign_message: text.toString('utf8').slice(0, SHOWN_CHARACTERS),
      url,
    },
  })

/** Only what was rightly signed uses its nonce up. */
function isFresh(room: WechatPayRoom, nonce: string): boolean {
  const { refuseRepeatedNonce, timestampToleranceMs } = room.settings.current()
  if (!refuseRepeatedNonce) return true
  const now = room.clock.now()
  room.book.run('delete from wechatpay_nonces where seen_at < ?', now - 2 * timestampToleranceMs)
  return (
    room.book.get(
      'insert into wechatpay_nonces (nonce, seen_at) values (?, ?) on conflict do nothing returning 1',
      nonce,
      now,
    ) !== undefined
  )
}

/** Null when the merchant says nothing, undefined when it names a key that the platform has not got or not any more. */
function readPlatformSerial({ keys, settings }: WechatPayRoom, { headers }: Incoming): string | null | undefined {
  const named = headers['wechatpay-serial']
  if (named === undefined) return null
  const { platform } = settings.current()
  const known = [
    ...(platform === 'certificate' ? [] : [keys.publicKey.serial]),
    ...(platform === 'public_key' ? [] : keys.certificates().map(({ serial }) => serial)),
  ]
  return known.find((serial) => serial === named)
}

const ASTRAL = /[\u{10000}-\u{10FFFF}]/u

function readBody(bytes: Buffer): { value: unknown } | { problem: Problem } {
  if (bytes.length === 0) return { value: undefined }
  try {
    const source = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value: unknown = JSON.parse(source)
    // Looked for in the values, since the text may write it as \ud83d\ude00.
    if (ASTRAL.test(JSON.stringify(value)))
      return { problem: problem('PARAM_ERROR', '传入参数不合法，仅支持1-3字节的UTF-8字符') }
    return { value }
  } catch {
    return { problem: problem('PARAM_ERROR', 'Http请求体不是合法的JSON格式') }
  }
}
