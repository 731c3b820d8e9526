import type { Struck } from '../faults/fault-rules.ts'
import type { Answer } from '../http/messages.ts'
import type { PlatformKey } from './keys.ts'
import { inOldSpelling, type Outcome } from './problems.ts'
import type { WechatPayRoom } from './room.ts'
import { signatureHeaders } from './sign-message.ts'

const NOTHING: Struck = new Map()

/** @param key null for an answer that is not signed: to a stranger, and the file of a bill */
export function writeAnswer(
  room: WechatPayRoom,
  outcome: Outcome,
  key: PlatformKey | null,
  struck: Struck = NOTHING,
): Answer {
  const requestId = { 'Request-ID': `08${room.ids.digits(32)}-0` }
  if ('file' in outcome)
    return { status: 200, headers: { 'content-type': outcome.type, ...requestId }, body: outcome.file }
  const body = bodyOf(room, outcome)
  const signed = key ? signatureHeaders(room, body, key, struck) : {}
  const type = body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }
  return {
    status: statusOf(outcome),
    headers: { ...type, ...requestId, ...signed },
    body: struck.has('tampered') ? body.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)) : body,
  }
}

function statusOf(outcome: Outcome): number {
  if ('problem' in outcome) return outcome.problem.status
  return 'empty' in outcome ? 204 : 200
}

function bodyOf(room: WechatPayRoom, outcome: Exclude<Outcome, { file: Buffer }>): string {
  if ('empty' in outcome) return ''
  if ('fields' in outcome) return JSON.stringify(outcome.fields)
  const { oldSpellings } = room.settings.current()
  const { status: _status, ...told } = oldSpellings ? inOldSpelling(outcome.problem) : outcome.problem
  return JSON.stringify(told)
}
