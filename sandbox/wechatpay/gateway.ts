import type { Struck } from '../faults/fault-rules.ts'
import { breakAnswer } from '../faults/line-faults.ts'
import type { Answer, Incoming } from '../http/messages.ts'
import { refuseInstead, tellInstead } from './answer-faults.ts'
import { answerKey } from './platform-keys.ts'
import { type Outcome, problem } from './problems.ts'
import { readRequest } from './read-request.ts'
import type { WechatPayRoom } from './room.ts'
import { findRoute } from './routes.ts'
import { letTimePass } from './time.ts'
import { writeAnswer } from './write-answer.ts'

/** `/v3/…`: one signed request in, one answer out. Null for any other path. */
export function answerGateway(room: WechatPayRoom, incoming: Incoming): Answer | null {
  if (!incoming.path.startsWith('/v3/')) return null
  letTimePass(room)
  const read = readRequest(room, incoming)
  const found = findRoute(incoming.method, incoming.path)
  const name = found?.route.name ?? `${incoming.method} ${incoming.path}`
  if (!read.ok) {
    keepCall(room, { method: name, target: null, answered: read.problem.code, struck: new Map() })
    return writeAnswer(room, read, read.signedIn ? answerKey(room, null) : null)
  }
  const { request } = read
  const key = answerKey(room, request.platformSerial)
  if (!found) {
    const refusal = problem('RESOURCE_NOT_EXISTS', '请求的接口不存在')
    keepCall(room, { method: name, target: null, answered: refusal.code, struck: new Map() })
    return writeAnswer(room, { problem: refusal }, key)
  }
  const target = found.route.targetOf(room, request, found.part)
  const struck = room.faults.take({ gateway: 'wechatpay', point: 'api', target, method: name })
  const instead = refuseInstead(room, incoming, struck)
  if (instead?.answer) {
    keepCall(room, { method: name, target, answered: instead.kind, struck })
    return instead.answer
  }
  const outcome: Outcome = instead
    ? { problem: instead.problem }
    : tellInstead(found.route.run(room, request, found.part, struck), struck)
  keepCall(room, { method: name, target, answered: 'problem' in outcome ? outcome.problem.code : 'OK', struck })
  return breakAnswer(writeAnswer(room, outcome, key, struck), struck)
}

const CALLS_KEPT = 10_000

/** The log of calls is for looking at, and does not grow for ever. */
export function forgetOldCalls(room: WechatPayRoom): void {
  room.book.run('delete from wechatpay_calls where seq <= (select max(seq) from wechatpay_calls) - ?', CALLS_KEPT)
}

function keepCall(
  room: WechatPayRoom,
  call: { method: string; target: string | null; answered: string; struck: Struck },
): void {
  room.book.run(
    'insert into wechatpay_calls (called_at, method, target, answered, faults) values (?, ?, ?, ?, ?)',
    room.clock.now(),
    call.method.slice(0, 128),
    call.target?.slice(0, 64) ?? null,
    call.answered,
    [...call.struck.keys()].join(' '),
  )
}
