import { type KeyObject, randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { z } from 'zod'
import { err, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import { readAll, reasonOf } from '../read-response.ts'
import { signText } from '../rsa-sha256.ts'
import { type GatewayAnswer, type RawAnswer, readAnswer } from './read-answer.ts'
import { requestText } from './signing.ts'
import type { WechatKeys } from './wechat-keys.ts'

/** Who we are at WeChat Pay, and what every request is made from. */
export type GatewayAccess = {
  /** The usual host, then those to ask when it fails; addresses without a slash at the end. */
  readonly hosts: readonly [string, ...string[]]
  readonly mchId: string
  readonly appId: string
  readonly privateKey: KeyObject
  /** Of our own merchant certificate: uppercase hex. */
  readonly certificateSerial: string
  /** Tells WeChat Pay to answer with its public key; null in certificate mode. */
  readonly publicKeyId: string | null
  readonly clock: () => Date
  /** For one call, repeats included. */
  readonly budgetMs: number
}

export type Question = {
  readonly method: 'GET' | 'POST'
  /** Below the host: path and query, percent-encoded. */
  readonly path: string
  readonly body?: Readonly<Record<string, unknown>>
}

/** Pauses before the second and the third try, as parts of the budget: 0.2 s and 0.8 s of the usual ten. */
const PAUSES = [0.02, 0.08]
/** A host that is silent must leave time to ask another one. */
const SHARE_OF_ONE_TRY = 0.4
const MAX_ANSWER_BYTES = 1_048_576

/**
 * Asks one question and believes no success without a signature that holds. Repeats by itself, with the same numbers, a
 * fresh timestamp and the other host, while the outcome is unknown and time is left; every call of ours allows that.
 */
export async function callGateway<T>(
  access: GatewayAccess,
  keys: WechatKeys,
  question: Question,
  answer: z.ZodType<T>,
): Promise<Result<GatewayAnswer<T>, CallError>> {
  return askRepeatedly(access, question, (raw) => readAnswer(raw, keys, access.clock(), answer))
}

/** The same for answers that prove themselves otherwise than by a signature. */
export async function askRepeatedly<T>(
  access: GatewayAccess,
  question: Question,
  read: (answer: RawAnswer) => Promise<Result<T, CallError>>,
): Promise<Result<T, CallError>> {
  const { hosts, budgetMs } = access
  const deadline = performance.now() + budgetMs
  for (let attempt = 0; ; attempt++) {
    const pause = PAUSES[attempt]
    const left = deadline - performance.now()
    const url = `${hosts[attempt % hosts.length]}${question.path}`
    const raw = await askOnce(
      access,
      url,
      question,
      pause === undefined ? left : Math.min(left, budgetMs * SHARE_OF_ONE_TRY),
    )
    const result = 'failure' in raw ? err({ code: 'unknown', reason: raw.failure }) : await read(raw)
    const isWorthRepeating = !result.ok && result.error.code === 'unknown'
    if (!isWorthRepeating || pause === undefined || performance.now() + pause * budgetMs >= deadline) return result
    await wait(pause * budgetMs)
  }
}

async function askOnce(
  access: GatewayAccess,
  url: string,
  { method, body }: Question,
  timeoutMs: number,
): Promise<RawAnswer | { readonly failure: string }> {
  try {
    const text = body === undefined ? '' : JSON.stringify(body)
    const response = await fetch(url, {
      method,
      redirect: 'error',
      headers: {
        accept: 'application/json',
        'user-agent': 'comptoir/1',
        authorization: authorize(access, new URL(url), method, text),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(access.publicKeyId === null ? {} : { 'wechatpay-serial': access.publicKeyId }),
      },
      ...(body === undefined ? {} : { body: text }),
      signal: AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs))),
    })
    const bytes = await readAll(response, MAX_ANSWER_BYTES)
    return bytes
      ? { status: response.status, headers: response.headers, body: bytes }
      : { failure: 'the answer is too long' }
  } catch (error) {
    return { failure: reasonOf(error) }
  }
}

/** The header that proves a request to be ours, over the address exactly as it is sent. */
export function authorize(access: GatewayAccess, url: URL, method: Question['method'], body: string): string {
  const timestamp = Math.floor(access.clock().getTime() / 1000).toString()
  const nonce = randomBytes(16).toString('hex').toUpperCase()
  const target = `${url.pathname}${url.search}`
  const signature = signText(requestText({ method, target, timestamp, nonce, body }), access.privateKey)
  const fields = {
    mchid: access.mchId,
    nonce_str: nonce,
    timestamp,
    serial_no: access.certificateSerial,
    signature,
  }
  const list = Object.entries(fields).map(([name, value]) => `${name}="${value}"`)
  return `WECHATPAY2-SHA256-RSA2048 ${list.join(',')}`
}
