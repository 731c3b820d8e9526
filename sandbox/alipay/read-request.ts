import { type Charset, decodeText, readCharset } from '../http/charset.ts'
import { readForm } from '../http/form.ts'
import type { Incoming } from '../http/messages.ts'
import { canonicalText } from '../keys/canonical-text.ts'
import { parseShanghaiTime } from '../shanghai-time.ts'
import { type Problem, problem, type SubCode } from './problems.ts'
import type { AlipayRoom } from './room.ts'
import { decryptContent, verifyText } from './signature.ts'

export type Mode = 'key' | 'certificate'

export interface GatewayRequest {
  readonly method: string
  readonly charset: Charset
  readonly mode: Mode
  readonly encrypted: boolean
  readonly notifyUrl: string | null
  readonly returnUrl: string | null
  readonly biz: unknown
}

/** `signedIn`: the sender is known, so that even the refusal is signed, in the sender's mode. */
export type ReadRequest =
  | { readonly ok: true; readonly request: GatewayRequest }
  | {
      readonly ok: false
      readonly problem: Problem
      readonly method: string
      readonly charset: Charset
      readonly signedIn: Mode | null
    }

type Parameters = ReadonlyMap<string, string>

/** Checks everything that the gateway checks before it looks at the business: in the order in which it complains. */
export function readRequest(room: AlipayRoom, incoming: Incoming): ReadRequest {
  const parameters = readParameters(incoming, transportCharset(incoming))
  const charset = readCharset(parameters?.get('charset') ?? '')
  const method = parameters?.get('method') ?? ''
  const mode: Mode = parameters?.has('app_cert_sn') ? 'certificate' : 'key'
  const refuse = (found: Problem, signedIn: Mode | null = null): ReadRequest => ({
    ok: false,
    problem: found,
    method,
    charset: charset ?? 'utf-8',
    signedIn,
  })
  if (!parameters) return refuse(problem('isv.invalid-parameter', '参数重复'))

  const early = checkPresence(room, parameters)
  if (early) return refuse(early)
  if (!charset) return refuse(problem('isv.invalid-charset'))
  const late = checkSignature(room, parameters, charset) ?? checkRest(room, parameters)
  if (late) return refuse(late, mode)

  const biz = readBizContent(room, parameters)
  if ('problem' in biz) return refuse(biz.problem, mode)
  return {
    ok: true,
    request: {
      method,
      charset,
      mode,
      encrypted: parameters.has('encrypt_type'),
      notifyUrl: parameters.get('notify_url') || null,
      returnUrl: parameters.get('return_url') || null,
      biz: biz.value,
    },
  }
}

/** Bytes are GBK unless the address or the content type says otherwise: what stands in the body comes too late. */
function transportCharset(incoming: Incoming): Charset {
  const inQuery = readForm(incoming.query).find((field) => field.name.toString('latin1') === 'charset')
  const inType = /;\s*charset="?([^";\s]+)/i.exec(incoming.headers['content-type'] ?? '')
  const name = inQuery?.value.toString('latin1') ?? inType?.[1]
  return readCharset(name ?? 'gbk') ?? 'utf-8'
}

/** Query and body together; null when a name occurs twice. */
function readParameters(incoming: Incoming, charset: Charset): Parameters | null {
  const isForm = (incoming.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  const parameters = new Map<string, string>()
  for (const field of [...readForm(incoming.query), ...(isForm ? readForm(incoming.body) : [])]) {
    const name = decodeText(field.name, charset)
    if (parameters.has(name)) return null
    parameters.set(name, decodeText(field.value, charset))
  }
  return parameters
}

const LONGEST: Record<string, number> = {
  app_id: 32,
  method: 128,
  format: 40,
  charset: 10,
  sign_type: 10,
  sign: 344,
  timestamp: 19,
  version: 3,
  notify_url: 256,
  return_url: 256,
  app_auth_token: 40,
  app_cert_sn: 32,
  alipay_root_cert_sn: 65,
}

function checkPresence(room: AlipayRoom, parameters: Parameters): Problem | null {
  const missing: [name: string, subCode: SubCode][] = [
    ['method', 'isv.missing-method'],
    ['app_id', 'isv.missing-app-id'],
    ['sign_type', 'isv.missing-signature-type'],
    ['sign', 'isv.missing-signature'],
    ['timestamp', 'isv.missing-timestamp'],
    ['version', 'isv.missing-version'],
  ]
  for (const [name, subCode] of missing) if (!parameters.get(name)) return problem(subCode)
  if (parameters.get('app_id') !== room.merchant.appId) return problem('isv.invalid-app-id')
  for (const [name, limit] of Object.entries(LONGEST))
    if ((parameters.get(name)?.length ?? 0) > limit) return problem('isv.invalid-parameter', `${name} 超过 ${limit} 位`)
  return null
}

function checkSignature(room: AlipayRoom, parameters: Parameters, charset: Charset): Problem | null {
  // RSA (SHA-1) is still named in old documents; an app made today is refused it.
  if (parameters.get('sign_type') !== 'RSA2') return problem('isv.invalid-signature-type')
  const text = canonicalText(parameters, ['sign'])
  if (verifyText(text, charset, room.keys.merchantPublicKey, parameters.get('sign') ?? '')) return null
  const shown = text.replaceAll('&', '&amp;')
  return problem(
    'isv.invalid-signature',
    `，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：${shown}`,
  )
}

function checkRest(room: AlipayRoom, parameters: Parameters): Problem | null {
  if ((parameters.get('format') ?? 'JSON').toUpperCase() !== 'JSON') return problem('isv.invalid-format')
  if (parameters.get('version') !== '1.0') return problem('isv.invalid-version')
  const sentAt = parseShanghaiTime(parameters.get('timestamp') ?? '')
  if (sentAt === null || Math.abs(sentAt - room.clock.now()) > room.settings.current().timestampToleranceMs)
    return problem('isv.invalid-timestamp')
  for (const name of ['notify_url', 'return_url']) {
    const address = parameters.get(name)
    if (address && !isWebAddress(address)) return problem('isv.invalid-parameter', `${name} 格式错误`)
  }
  return checkCertificates(room, parameters)
}

function checkCertificates(room: AlipayRoom, parameters: Parameters): Problem | null {
  if (!parameters.has('app_cert_sn') && !parameters.has('alipay_root_cert_sn')) return null
  if (parameters.get('app_cert_sn') !== room.keys.appCertificateSn) return problem('isv.invalid-app-cert-sn')
  return parameters.get('alipay_root_cert_sn') === room.keys.rootSn ? null : problem('isv.invalid-root-cert-sn')
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

function readBizContent(room: AlipayRoom, parameters: Parameters): { value: unknown } | { problem: Problem } {
  const encryptType = parameters.get('encrypt_type')
  if (encryptType !== undefined && encryptType !== 'AES')
    return { problem: problem('isv.decryption-error-not-valid-encrypt-type') }
  const sent = parameters.get('biz_content') || '{}'
  const text = encryptType === 'AES' ? decryptContent(sent, room.keys.encryptKey) : sent
  if (text === null) return { problem: problem('isv.decryption-error-unknown') }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { problem: problem('isv.invalid-parameter', 'biz_content 不是合法的JSON') }
  }
}
