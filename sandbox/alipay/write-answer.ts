import type { KeyObject } from 'node:crypto'
import { type Charset, encodeText } from '../http/charset.ts'
import type { Outcome, Problem } from './problems.ts'
import { encryptContent, signText } from './signature.ts'

export interface AnswerSigner {
  readonly key: KeyObject
  /** Present in certificate mode, and then told beside the signature. */
  readonly certificateSn: string | null
  /** A fault: the signature is genuine, but not of this answer. */
  readonly ofSomethingElse?: boolean
}

/** `alipay.trade.query` → `alipay_trade_query_response` */
export const rootName = (method: string): string => `${method.replaceAll('.', '_')}_response`

/** The content of the root: the gateway escapes every `/` and leaves everything else as it is. */
export function contentText(outcome: Outcome): string {
  const said = 'problem' in outcome ? problemFields(outcome.problem) : { code: '10000', msg: 'Success' }
  return JSON.stringify({ ...said, ...outcome.fields }).replaceAll('/', '\\/')
}

const problemFields = ({ code, msg, subCode, subMsg }: Problem) => ({ code, msg, sub_code: subCode, sub_msg: subMsg })

/** @returns the root's value in double quotes, as it will be signed */
export function encryptedContent(text: string, encryptKey: string): string {
  return `"${encryptContent(text, encryptKey)}"`
}

/** The body of an answer: the signature covers the root's value exactly as the bytes stand here. */
export function writeAnswer(root: string, content: string, signer: AnswerSigner | null, charset: Charset): Buffer {
  if (!signer) return encodeText(`{"${root}":${content}}`, charset)
  const certificate = signer.certificateSn ? `,"alipay_cert_sn":"${signer.certificateSn}"` : ''
  const signature = signText(signer.ofSomethingElse ? `${content} ` : content, charset, signer.key)
  return encodeText(`{"${root}":${content}${certificate},"sign":"${signature}"}`, charset)
}
