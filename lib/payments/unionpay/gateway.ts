import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import { readAll, reasonOf } from '../read-response.ts'
import { repeatWhileUnknown } from '../repeat-call.ts'
import type { UnionpayClient } from './client.ts'
import { readAnswerLine } from './fields.ts'
import { type Fields, SIGN_METHOD, signDigest, signedText, VERSION } from './signing.ts'
import { verifyMessage } from './verify-message.ts'

const MAX_ANSWER_BYTES = 65_536
const MAX_CLAIM_LENGTH = 200

export type Request = {
  readonly txnType: string
  readonly txnSubType: string
  readonly bizType: string
} & Readonly<Record<string, string>>

/** A signed answer: what the gateway thinks of the call. Codes and messages are its own. */
export type Answer = { readonly respCode: string; readonly message: string; readonly fields: Fields }

/** All fields of one request with their signature. Empty ones are neither signed nor sent. */
export function signRequest(client: UnionpayClient, request: Request): [name: string, value: string][] {
  const fields = Object.entries({
    version: VERSION,
    encoding: 'UTF-8',
    certId: client.certId,
    signMethod: SIGN_METHOD,
    accessType: '0',
    merId: client.merId,
    ...request,
  }).filter(([, value]) => value !== '')
  return [...fields, ['signature', signDigest(signedText(fields), client.privateKey)]]
}

/**
 * Posts one request and believes nothing without a signature of UnionPay. Repeats by itself, with the same number and
 * time, while there is no answer and time is left: the gateway knows a repeat by them.
 * @param url the gateway's for a kind of call, or the file server's.
 */
export function callGateway(
  client: UnionpayClient,
  url: string,
  request: Request,
  maxBytes: number = MAX_ANSWER_BYTES,
): Promise<Result<Answer, CallError>> {
  const body = new URLSearchParams(signRequest(client, request)).toString()
  return repeatWhileUnknown(client.budgetMs, async (timeLeftMs) => {
    const answer = await post(url, body, timeLeftMs, maxBytes)
    return answer.ok ? readAnswer(client, request, answer.value) : answer
  })
}

async function post(
  url: string,
  body: string,
  timeoutMs: number,
  maxBytes: number,
): Promise<Result<Uint8Array, CallError>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status !== 200) {
      await response.body?.cancel()
      return unknown(`the gateway answered HTTP ${response.status}`)
    }
    const answer = await readAll(response, maxBytes)
    return answer ? ok(answer) : unknown('the answer is too long')
  } catch (error) {
    return unknown(reasonOf(error))
  }
}

function readAnswer(client: UnionpayClient, request: Request, body: Uint8Array): Result<Answer, CallError> {
  const read = readAnswerLine(body)
  if (!read.ok) return unknown(`the answer cannot be read: ${read.error.reason}`)
  const fields = read.value
  const respCode = fields.get('respCode') ?? ''
  const message = (fields.get('respMsg') ?? '').slice(0, MAX_CLAIM_LENGTH)
  const verified = verifyMessage(fields, client.trust, client.clock())
  if (!verified.ok) return err({ code: 'untrusted', claim: `${respCode} ${message}`.trim() })
  return isAbout({ merId: client.merId, ...request }, fields)
    ? ok({ respCode, message, fields })
    : err({ code: 'untrusted', claim: 'the answer is about another order' })
}

/** False for a genuine answer to another question, sent again. Only a refusal may leave out what it is about. */
const isAbout = (request: Readonly<Record<string, string>>, fields: Fields): boolean =>
  ['merId', 'orderId', 'txnTime'].every((name) => {
    const [asked, answered] = [request[name], fields.get(name)]
    return asked === undefined || asked === answered || (answered === undefined && fields.get('respCode') !== '00')
  })

const unknown = (reason: string) => err({ code: 'unknown', reason })
