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
    room.calls.keep({ method: name, target: null, answered: read.problem.code, struck: new Map() })
    return writeAnswer(room, read, read.signedIn ? answerKey(room, null) : null)
  }
  const { request } = read
  const key = answerKey(room, request.platformSerial)
  if (!found) {
    const refusal = problem('RESOURCE_NOT_EXISTS', '请求的接口不存在')
    room.calls.keep({ method: name, target: null, answered: refusal.code, struck: new Map() })
    return writeAnswer(room, { problem: refusal }, key)
  }
  const target = found.route.targetOf(room, request, found.part)
  const struck = room.faults.take({ gateway: 'wechatpay', point: 'api', target, method: name })
  const instead = refuseInstead(room, incoming, struck)
  if (instead?.answer) {
    room.calls.keep({ method: name, target, answered: instead.kind, struck })
    return instead.answer
  }
  const outcome: Outcome = instead
    ? { problem: instead.problem }
    : tellInstead(found.route.run(room, request, found.part, struck), struck)
  room.calls.keep({ method: name, target, answered: 'problem' in outcome ? outcome.problem.code : 'OK', struck })
  return breakAnswer(writeAnswer(room, outcome, key, struck), struck)
}
