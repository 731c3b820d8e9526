import type { z } from 'zod'
import { err, ok, type Result } from '../../result.ts'
import type { CallError, VerifyError } from '../errors.ts'
import { type SignedMessage, verifyMessage } from './verify-message.ts'
import type { WechatKeys } from './wechat-keys.ts'
import { Complaint, isUnknownOutcome, RATE_CODES } from './wire.ts'

/** An answer as it came, not believed yet. */
export type RawAnswer = SignedMessage & { readonly status: number }

/** What a call came to when WeChat Pay itself has answered: its content, or its refusal by a code. */
export type GatewayAnswer<T> =
  | { readonly outcome: 'success'; readonly content: T }
  | { readonly outcome: 'refusal'; readonly refusalCode: string; readonly message: string }

const MAX_CLAIM_LENGTH = 200

/**
 * Reads the answer to one question. No success counts before its signature holds, and no refusal either: what is not
 * signed only decides whether to ask again.
 */
export async function readAnswer<T>(
  answer: RawAnswer,
  keys: WechatKeys,
  now: Date,
  schema: z.ZodType<T>,
): Promise<Result<GatewayAnswer<T>, CallError>> {
  const verified = await verifyMessage(keys, answer, now)
  if (answer.status >= 200 && answer.status < 300) {
    if (!verified.ok) return err(distrust(verified.error))
    const content = schema.safeParse(answer.body.length === 0 ? undefined : parseJson(answer.body))
    if (content.success) return ok({ outcome: 'success', content: content.data })
    return err({ code: 'unknown', reason: 'the answer has not the fields that it should have' })
  }
  const parsed = Complaint.safeParse(parseJson(answer.body))
  const { code, message } = parsed.success ? parsed.data : { code: '', message: '' }
  const claim = [answer.status, code, message].filter(Boolean).join(' ').slice(0, MAX_CLAIM_LENGTH)
  if (answer.status === 429 || RATE_CODES.has(code)) return err({ code: 'rate_limited' })
  if (isUnknownOutcome(answer.status, code)) return err({ code: 'unknown', reason: claim })
  if (!verified.ok || !code) return err({ code: 'untrusted', claim })
  return ok({ outcome: 'refusal', refusalCode: code, message: message.slice(0, MAX_CLAIM_LENGTH) })
}

/** A probe is followed by a right answer when one asks again. */
const distrust = ({ code, reason }: VerifyError): CallError =>
  code === 'probe' ? { code: 'unknown', reason } : { code: 'untrusted', claim: `${code}: ${reason}` }

/** The value, or undefined for what is no JSON in UTF-8. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
