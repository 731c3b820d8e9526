import type { KeyObject } from 'node:crypto'
import type { z } from 'zod'
import { toShanghaiTime } from '../../domain/shanghai-time.ts'
import type { Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import { signText } from '../rsa-sha256.ts'
import type { AlipayKeys } from './alipay-keys.ts'
import { encryptContent } from './encryption.ts'
import { postForm } from './post-form.ts'
import { type GatewayAnswer, readAnswer } from './read-answer.ts'
import { requestText } from './signing.ts'

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
  /** For one call, repeats included. */
  readonly budgetMs: number
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
  const trust = { keys, encryptKey: access.encryptKey, now: access.clock() }
  return postForm(
    access,
    () => signRequest(access, call.method, call.content, addresses),
    (body) => readAnswer(body, rootName, trust, call.answer),
  )
}
