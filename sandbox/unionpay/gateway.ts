import type { Struck } from '../faults/fault-rules.ts'
import { answerInstead, breakAnswer } from '../faults/line-faults.ts'
import { encodeText } from '../http/charset.ts'
import { type Answer, type Incoming, plain, seeOther } from '../http/messages.ts'
import { falsifyOutcome, refuseInstead } from './answer-faults.ts'
import { openPayment } from './methods/open-payment.ts'
import { type Door, doorOf, findMethod, PAY } from './methods.ts'
import { letTimePass } from './move-transaction.ts'
import { problemPage } from './pages/problem-page.ts'
import { type ReadRequest, readRequest } from './read-request.ts'
import { type Outcome, respMsg } from './response-codes.ts'
import type { UnionpayRoom } from './room.ts'
import { signMessage } from './sign-message.ts'
import { findTransaction } from './transactions.ts'

/** `/gateway/api/….do`: one signed request in, one answer out; null for any other path. */
export function answerGateway(room: UnionpayRoom, incoming: Incoming): Answer | Promise<Answer> | null {
  const door = doorOf(incoming.path)
  if (!door) return null
  if (incoming.method !== 'POST') return plain(405, 'POST')
  letTimePass(room)
  const request = readRequest(room, incoming)
  return door === 'front' ? answerBrowser(room, incoming, request) : answerServer(room, door, request)
}

/** A type that is unknown at the address where it was sent. */
const UNKNOWN_TYPE: Outcome = { code: '10', detail: 'txnType' }

function answerBrowser(room: UnionpayRoom, incoming: Incoming, request: ReadRequest): Answer {
  const target = request.fields.get('orderId') ?? null
  const refusal = request.refusal ?? (request.fields.get('txnType') === PAY.txnType ? null : UNKNOWN_TYPE)
  const struck = refusal ? NOTHING : takeFaults(room, PAY.name, target)
  const keep = (answered: string) => room.calls.keep({ method: PAY.name, target, answered, struck })
  const broken = answerInstead(struck)
  if (broken) {
    keep(broken.kind)
    return broken.answer
  }
  const refused = refusal ?? refuseInstead(struck)
  const opened = refused ? { refusal: refused } : openPayment(room, request)
  if ('refusal' in opened) {
    keep(opened.refusal.code)
    return breakAnswer(problemPage(incoming, opened.refusal), struck)
  }
  keep('00')
  return breakAnswer(seeOther(`${room.publicUrl}/unionpay/${opened.payment.token}`), struck)
}

async function answerServer(room: UnionpayRoom, door: Door, request: ReadRequest): Promise<Answer> {
  const method = findMethod(door, request.fields.get('txnType'))
  const target = targetOf(room, request)
  if (request.refusal || !method) {
    const refusal = request.refusal ?? UNKNOWN_TYPE
    room.calls.keep({ method: method?.name ?? door, target, answered: refusal.code, struck: NOTHING })
    return writeAnswer(room, request, refusal, NOTHING)
  }
  const struck = takeFaults(room, method.name, target)
  const keep = (answered: string) => room.calls.keep({ method: method.name, target, answered, struck })
  const broken = answerInstead(struck)
  if (broken) {
    keep(broken.kind)
    return broken.answer
  }
  const outcome =
    refuseInstead(struck) ?? (await falsifyOutcome(room, method.name, struck, () => method.run(room, request)))
  keep(outcome.code)
  return breakAnswer(writeAnswer(room, request, outcome, struck), struck)
}

const NOTHING: Struck = new Map()

const takeFaults = (room: UnionpayRoom, method: string, target: string | null): Struck =>
  room.faults.take({ gateway: 'unionpay', point: 'api', target, method })

/** What an answer repeats from its request. */
const REPEATED = [
  'accessType',
  'bizType',
  'fileType',
  'merId',
  'orderId',
  'origQryId',
  'reqReserved',
  'settleDate',
  'txnAmt',
  'txnSubType',
  'txnTime',
  'txnType',
] as const

/** One line of `name=value` joined by `&`, the values as they are: nothing is encoded. */
function writeAnswer(room: UnionpayRoom, request: ReadRequest, outcome: Outcome, struck: Struck): Answer {
  const { fields: asked, charset: usual } = request
  const said: Record<string, string | undefined> = {
    ...Object.fromEntries(REPEATED.map((name) => [name, asked.get(name)])),
    encoding: usual === 'gbk' ? 'GBK' : (asked.get('encoding') ?? 'UTF-8'),
    signMethod: '01',
    version: '5.1.0',
    respCode: outcome.code,
    respMsg: respMsg(outcome.code, outcome.detail),
    ...outcome.fields,
  }
  const told = new Map(Object.entries(said).filter((field): field is [string, string] => Boolean(field[1])))
  const { fields, charset } = signMessage(room, told, { charset: usual, struck })
  return {
    status: 200,
    headers: { 'content-type': `text/html;charset=${charset === 'gbk' ? 'GBK' : 'UTF-8'}` },
    body: encodeText(fields.map((field) => field.join('=')).join('&'), charset),
  }
}

/** The merchant's number of the payment that a request is about, for faults ordered for one trade and for the log. */
function targetOf(room: UnionpayRoom, { fields }: ReadRequest): string | null {
  const queryId = fields.get('origQryId')
  return (queryId && findTransaction(room, { queryId })?.orderId) || (fields.get('orderId') ?? null)
}
