import type { KeyObject } from 'node:crypto'
import type { z } from 'zod'
import { toShanghaiTime } from '../../domain/shanghai-time.ts'
import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../port.ts'
import type { AlipayKeys } from './alipay-keys.ts'
import { decodeText } from './charset.ts'
import { decryptContent, encryptContent } from './encryption.ts'
import { postForm } from './post-form.ts'
import { type RawResponse, takeApart } from './response.ts'
import { requestText, signatureHolds, signText } from './signing.ts'
import { Answer, isUnknownOutcome } from './wire.ts'

/** Who we are at Alipay, and what every request is made from. */
export type GatewayAccess = {
  readonly gatewayUrl: string
  readonly appId: string
  readonly privateKey: KeyObject
  /** Set in certificate mode. They go with every request, also one without content. */
  readonly certificateSns: { readonly app: string; readonly root: string } | null
  /** 16 bytes, when content encryption is switched on for the application. */
  readonly encryptKey: Uint8Array | null
  readonly clock: () => Date
}

type Method = `alipay.${string}`
export type Content = Readonly<Record<string, unknown>>
type Addresses = { readonly notifyUrl?: string; readonly returnUrl?: string }

/** All parameters of one request with their signature, in the order in which they are sent. */
export function signRequest(
  access: GatewayAccess,
  method: Method,
  content: Content | null,
  addresses: Addresses = {},
): [name: string, value: string][] {
  const json = content === null ? null : JSON.stringify(content)
  const parameters: [string, string][] = [
    ['timestamp', toShanghaiTime(access.clock())],
    ['method', method],
    ['app_id', access.appId],
    ['format', 'JSON'],
    ['charset', 'utf-8'],
    ['sign_type', 'RSA2'],
    ['version', '1.0'],
  ]
  if (addresses.notifyUrl) parameters.push(['notify_url', addresses.notifyUrl])
  if (addresses.returnUrl) parameters.push(['return_url', addresses.returnUrl])
  if (access.certificateSns) {
    parameters.push(['app_cert_sn', access.certificateSns.app], ['alipay_root_cert_sn', access.certificateSns.root])
  }
  if (json !== null && access.encryptKey) {
    parameters.push(['encrypt_type', 'AES'], ['biz_content', encryptContent(json, access.encryptKey)])
  } else if (json !== null) {
    parameters.push(['biz_content', json])
  }
  return [...parameters, ['sign', signText(requestText(parameters), access.privateKey)]]
}

/** The address at which the buyer's browser enters Alipay's cashier. */
export function browserUrl(access: GatewayAccess, method: Method, content: Content, addresses: Addresses): string {
  const url = new URL(access.gatewayUrl)
  for (const [name, value] of signRequest(access, method, content, addresses)) url.searchParams.append(name, value)
  return url.href
}

/** What a call came to when the gateway itself has answered: its content, or its business refusal by `sub_code`. */
export type GatewayAnswer<T> =
  | { readonly outcome: 'success'; readonly content: T }
  | { readonly outcome: 'refusal'; readonly subCode: string; readonly message: string }

/**
 * Calls one method and believes nothing without a signature that holds. Repeats by itself, with the same numbers and
 * a fresh timestamp, while the outcome is unknown and time is left; every method that we call allows that.
 */
export async function callGateway<T>(
  access: GatewayAccess,
  keys: AlipayKeys,
  call: { method: Method; content: Content; answer: z.ZodType<T>; notifyUrl?: string },
): Promise<Result<GatewayAnswer<T>, CallError>> {
  const addresses = call.notifyUrl === undefined ? {} : { notifyUrl: call.notifyUrl }
  const rootName = `${call.method.replaceAll('.', '_')}_response`
  return postForm(
    access.gatewayUrl,
    () => signRequest(access, call.method, call.content, addresses),
    (body) => readAnswer(body, rootName, access, keys, call.answer),
  )
}

async function readAnswer<T>(
  body: Uint8Array,
  rootName: string,
  access: GatewayAccess,
  keys: AlipayKeys,
  schema: z.ZodType<T>,
): Promise<Result<GatewayAnswer<T>, CallError>> {
  const text = decodeText(body, 'utf-8')
  const raw = takeApart(text ?? decodeText(body, 'gbk') ?? '', rootName)
  if (!raw.ok) return err({ code: 'unknown', reason: raw.error.reason })

  const content = readContent(raw.value.content, access.encryptKey)
  const answer = Answer.safeParse(content)
  const claim = answer.success ? claimOf(answer.data) : 'an answer without a code'
  // We ask in UTF-8, so a signature in another charset is none that we asked for.
  if (text === null || !(await isGenuine(raw.value, keys, access.clock()))) return err({ code: 'untrusted', claim })
  if (!answer.success) return err({ code: 'unknown', reason: claim })

  const { code, sub_code: subCode = '', sub_msg: message = answer.data.msg } = answer.data
  if (isUnknownOutcome(code, subCode)) return err({ code: 'unknown', reason: claim })
  if (code === '40005') return err({ code: 'rate_limited' })
  if (code === '40004') return ok({ outcome: 'refusal', subCode, message })
  if (code !== '10000') return err({ code: 'refused', providerCode: subCode || code, message })
  const parsed = schema.safeParse(content)
  if (!parsed.success) return err({ code: 'unknown', reason: 'the answer has not the fields that it should have' })
  return ok({ outcome: 'success', content: parsed.data })
}

async function isGenuine(raw: RawResponse, keys: AlipayKeys, now: Date): Promise<boolean> {
  if (!raw.sign) return false
  const key = await keys.keyFor(raw.certSn, now)
  return key.ok && signatureHolds(Buffer.from(raw.content), raw.sign, key.value)
}

/** The content as an object; an encrypted one is a string at first. */
export function readContent(literal: string, encryptKey: Uint8Array | null): unknown {
  try {
    const value: unknown = JSON.parse(literal)
    if (typeof value !== 'string') return value
    return encryptKey ? JSON.parse(decryptContent(value, encryptKey) ?? 'null') : null
  } catch {
    return null
  }
}

const claimOf = (answer: Answer): string =>
  [answer.code, answer.sub_code, answer.sub_msg ?? answer.msg].filter(Boolean).join(' ').slice(0, 300)
