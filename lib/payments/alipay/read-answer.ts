import type { z } from 'zod'
import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import { signatureHolds } from '../rsa-sha256.ts'
import type { AlipayKeys } from './alipay-keys.ts'
import { decodeText } from './charset.ts'
import { decryptContent } from './encryption.ts'
import { type RawResponse, takeApart } from './response.ts'
import { Answer, isUnknownOutcome } from './wire.ts'

/** What a call came to when the gateway itself has answered: its content, or its business refusal by `sub_code`. */
export type GatewayAnswer<T> =
  | { readonly outcome: 'success'; readonly content: T }
  | { readonly outcome: 'refusal'; readonly subCode: string; readonly message: string }

/** Alipay repeats the whole signed text in some complaints. */
const MAX_MESSAGE_LENGTH = 200

type Trust = { readonly keys: AlipayKeys; readonly encryptKey: Uint8Array | null; readonly now: Date }

/** Reads the answer to one method. Nothing in it counts before its signature holds; a refusal needs one as well. */
export async function readAnswer<T>(
  body: Uint8Array,
  rootName: string,
  trust: Trust,
  schema: z.ZodType<T>,
): Promise<Result<GatewayAnswer<T>, CallError>> {
  const text = decodeText(body, 'utf-8')
  const raw = takeApart(text ?? decodeText(body, 'gbk') ?? '', rootName)
  if (!raw.ok) return err({ code: 'unknown', reason: raw.error.reason })

  const content = readContent(raw.value.content, trust.encryptKey)
  const answer = Answer.safeParse(content)
  const claim = answer.success ? claimOf(answer.data) : 'an answer without a code'
  // We ask in UTF-8, so a signature in another charset is none that we asked for.
  if (text === null || !(await isGenuine(raw.value, trust))) return err({ code: 'untrusted', claim })
  if (!answer.success) return err({ code: 'unknown', reason: claim })

  const { code, sub_code: subCode = '', sub_msg: longMessage = answer.data.msg } = answer.data
  const message = longMessage.slice(0, MAX_MESSAGE_LENGTH)
  if (isUnknownOutcome(code, subCode)) return err({ code: 'unknown', reason: claim })
  if (code === '40005') return err({ code: 'rate_limited' })
  if (code === '40004') return ok({ outcome: 'refusal', subCode, message })
  if (code !== '10000') return err({ code: 'refused', providerCode: subCode || code, message })
  const parsed = schema.safeParse(content)
  if (!parsed.success) return err({ code: 'unknown', reason: 'the answer has not the fields that it should have' })
  return ok({ outcome: 'success', content: parsed.data })
}

async function isGenuine(raw: RawResponse, { keys, now }: Trust): Promise<boolean> {
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
  [answer.code, answer.sub_code, answer.sub_msg ?? answer.msg].filter(Boolean).join(' ').slice(0, MAX_MESSAGE_LENGTH)
