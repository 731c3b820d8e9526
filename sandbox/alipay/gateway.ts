import type { Struck } from '../faults/fault-rules.ts'
import { breakAnswer } from '../faults/line-faults.ts'
import type { Charset } from '../http/charset.ts'
import { type Answer, type Incoming, plain } from '../http/messages.ts'
import { refuseInstead, tellUnpaid } from './answer-faults.ts'
import { BROWSER_METHODS, SERVER_METHODS } from './methods.ts'
import { letTimePass } from './move-trade.ts'
import { problemPage } from './pages/problem-page.ts'
import { type Outcome, problem } from './problems.ts'
import { type GatewayRequest, type Mode, readRequest } from './read-request.ts'
import type { AlipayRoom } from './room.ts'
import { findTrade } from './trades.ts'
import { type AnswerSigner, contentText, encryptedContent, rootName, writeAnswer } from './write-answer.ts'

/** `/gateway.do`: one signed request in, one answer out. Without waiting and without chance other than the room's. */
export function answerGateway(room: AlipayRoom, incoming: Incoming): Answer {
  if (incoming.method !== 'GET' && incoming.method !== 'POST') return plain(405, 'GET or POST')
  letTimePass(room)
  const read = readRequest(room, incoming)
  if (!read.ok) {
    room.calls.keep({ method: read.method, target: null, answered: read.problem.subCode, struck: new Map() })
    if (BROWSER_METHODS.has(read.method)) return problemPage(incoming, read.problem)
    return answerJson(
      { problem: read.problem },
      rootFor(read.method),
      read.signedIn && signerFor(room, read.signedIn),
      read.charset,
    )
  }
  const { request } = read
  const target = targetOf(room, request.biz)
  const struck = room.faults.take({ gateway: 'alipay', point: 'api', target, method: request.method })
  const { answer, answered } = answerRequest(room, incoming, request, struck)
  room.calls.keep({ method: request.method, target, answered, struck })
  return breakAnswer(answer, struck)
}

interface Answered {
  readonly answer: Answer
  /** `10000`, a sub code, or the fault that answered instead. */
  readonly answered: string
}

function answerRequest(room: AlipayRoom, incoming: Incoming, request: GatewayRequest, struck: Struck): Answered {
  const instead = refuseInstead(struck, rootName(request.method))
  if (instead?.answer) return { answer: instead.answer, answered: instead.kind }

  const visit = BROWSER_METHODS.get(request.method)
  if (visit) {
    const went = instead ? { problem: instead.problem } : visit(room, request)
    if (!('problem' in went)) return { answer: went, answered: '10000' }
    return { answer: problemPage(incoming, went.problem), answered: went.problem.subCode }
  }
  const outcome = instead ? { problem: instead.problem } : runServerMethod(room, request, struck)
  return {
    answer: signedAnswer(room, request, outcome, struck),
    answered: 'problem' in outcome ? outcome.problem.subCode : '10000',
  }
}

function runServerMethod(room: AlipayRoom, request: GatewayRequest, struck: Struck): Outcome {
  const run = SERVER_METHODS.get(request.method)
  if (!run) return { problem: problem('isv.invalid-method') }
  if (struck.has('not_done')) return { fields: { fund_change: 'N' } }
  const outcome = run(room, request)
  if (struck.has('unknown_after')) return { problem: problem('isp.unknow-error') }
  return struck.has('says_unpaid') ? tellUnpaid(outcome) : outcome
}

function signedAnswer(room: AlipayRoom, request: GatewayRequest, outcome: Outcome, struck: Struck): Answer {
  const usual = signerFor(room, request.mode)
  const signer: AnswerSigner | null = struck.has('unsigned')
    ? null
    : {
        ...usual,
        key: struck.has('other_key') ? room.keys.strangerKey : usual.key,
        ofSomethingElse: struck.has('bad_signature'),
      }
  return answerJson(
    outcome,
    rootName(request.method),
    signer,
    request.charset,
    request.encrypted ? room.keys.encryptKey : null,
  )
}

function answerJson(
  outcome: Outcome,
  root: string,
  signer: AnswerSigner | null,
  charset: Charset,
  encryptKey: string | null = null,
): Answer {
  const text = contentText(outcome)
  const content = encryptKey ? encryptedContent(text, encryptKey) : text
  return {
    status: 200,
    headers: { 'content-type': `text/html;charset=${charset}` },
    body: writeAnswer(root, content, signer, charset),
  }
}

/** Who asks for a method that does not exist is answered under the common root. */
const rootFor = (method: string): string => (/^[a-z.]{1,128}$/.test(method) ? rootName(method) : 'error_response')

export function signerFor(room: AlipayRoom, mode: Mode): AnswerSigner {
  if (mode === 'key') return { key: room.keys.gatewayKey, certificateSn: null }
  const { privateKey, sn } = room.keys.signingCertificate()
  return { key: privateKey, certificateSn: sn }
}

/** The merchant's number of the trade that a request is about, for faults ordered for one trade and for the log. */
function targetOf(room: AlipayRoom, biz: unknown): string | null {
  if (typeof biz !== 'object' || biz === null) return null
  if ('trade_no' in biz && typeof biz.trade_no === 'string')
    return findTrade(room, { tradeNo: biz.trade_no })?.outTradeNo ?? null
  return 'out_trade_no' in biz && typeof biz.out_trade_no === 'string' ? biz.out_trade_no : null
}
