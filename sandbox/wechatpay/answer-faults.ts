import type { Struck } from '../faults/fault-rules.ts'
import { answerInstead } from '../faults/line-faults.ts'
import type { Answer, Incoming } from '../http/messages.ts'
import type { ApiFault } from './fault-kinds.ts'
import { type Outcome, type Problem, problem } from './problems.ts'
import type { WechatPayRoom } from './room.ts'
import { writeAnswer } from './write-answer.ts'

type Instead =
  | { readonly kind: ApiFault; readonly answer: Answer; readonly problem?: undefined }
  | { readonly kind: ApiFault; readonly problem: Problem; readonly answer?: undefined }

/** What the gateway does in place of the work, if a fault says so: the first of them, and nothing has been done. */
export function refuseInstead(room: WechatPayRoom, incoming: Incoming, struck: Struck): Instead | null {
  const broken = answerInstead(struck)
  if (broken) return broken
  if (struck.has('main_host_down') && incoming.headers.host === new URL(room.publicUrl).host)
    return { kind: 'main_host_down', answer: { status: 200, headers: {}, body: '', broken: 'reset' } }
  const unsigned = (found: Problem): Answer => writeAnswer(room, { problem: found }, null)
  if (struck.has('unsigned_error')) return { kind: 'unsigned_error', answer: unsigned(problem('SYSTEM_ERROR')) }
  if (struck.has('unsigned_not_exist'))
    return { kind: 'unsigned_not_exist', answer: unsigned(problem('ORDER_NOT_EXIST')) }
  if (struck.has('system_error')) return { kind: 'system_error', problem: problem('SYSTEM_ERROR') }
  return struck.has('limited') ? { kind: 'limited', problem: problem('FREQUENCY_LIMITED') } : null
}

/** What the gateway says in place of the truth, the work being done. All of it is signed. */
export function tellInstead(outcome: Outcome, struck: Struck): Outcome {
  if (struck.has('system_error_after')) return { problem: problem('SYSTEM_ERROR') }
  if (struck.has('limited_after')) return { problem: problem('FREQUENCY_LIMITED') }
  if (!('fields' in outcome) || !('trade_state' in outcome.fields)) return outcome
  const { fields } = outcome
  if (struck.has('says_unpaid') && fields['trade_state'] === 'SUCCESS') {
    const { payer: _payer, success_time: _time, transaction_id: _id, trade_type: _type, ...rest } = fields
    return { fields: { ...rest, trade_state: 'NOTPAY', trade_state_desc: '订单未支付' } }
  }
  const fen = struck.get('wrong_amount')
  if (fen !== undefined) return { fields: { ...fields, amount: addToAmount(fields['amount'], fen) } }
  return struck.has('other_order') ? { fields: { ...fields, out_trade_no: 'NOBODY000001' } } : outcome
}

/** The amount of an order with its total altered, or of a refund with what it gives back. @param fen to add */
export function addToAmount(amount: unknown, fen: number): unknown {
  if (typeof amount !== 'object' || amount === null) return amount
  if ('refund' in amount) return { ...amount, refund: Number(amount.refund) + fen }
  return 'total' in amount ? { ...amount, total: Number(amount.total) + fen } : amount
}
