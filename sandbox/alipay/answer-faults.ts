import type { Struck } from '../faults/fault-rules.ts'
import { answerInstead } from '../faults/line-faults.ts'
import { encodeText } from '../http/charset.ts'
import type { Answer } from '../http/messages.ts'
import type { ApiFault } from './fault-kinds.ts'
import { type Outcome, type Problem, problem } from './problems.ts'
import { contentText, writeAnswer } from './write-answer.ts'

type Instead =
  | { readonly kind: ApiFault; readonly answer: Answer; readonly problem?: undefined }
  | { readonly kind: ApiFault; readonly problem: Problem; readonly answer?: undefined }

/** What the gateway does in place of the work, if a fault says so: the first of them, and nothing has been done. */
export function refuseInstead(struck: Struck, root: string): Instead | null {
  const broken = answerInstead(struck)
  if (broken) return broken
  const unsigned = (outcome: Outcome): Answer => ({
    status: 200,
    headers: { 'content-type': 'text/html;charset=utf-8' },
    body: writeAnswer(root, contentText(outcome), null, 'utf-8'),
  })
  const ways: [ApiFault, () => { answer: Answer } | { problem: Problem }][] = [
    ['gbk_error', () => ({ answer: gbkError() })],
    ['unsigned_not_exist', () => ({ answer: unsigned({ problem: problem('ACQ.TRADE_NOT_EXIST') }) })],
    ['unknown_before', () => ({ problem: problem('isp.unknow-error') })],
    ['system_error', () => ({ problem: problem('ACQ.SYSTEM_ERROR') })],
    ['call_limited', () => ({ problem: problem('isv.call-limited') })],
  ]
  const way = ways.find(([kind]) => struck.has(kind))
  return way ? { kind: way[0], ...way[1]() } : null
}

function gbkError(): Answer {
  const content = contentText({ problem: problem('aop.unknow-error') })
  return {
    status: 200,
    headers: { 'content-type': 'text/html;charset=GBK' },
    body: encodeText(`{"error_response":${content}}`, 'gbk'),
  }
}

/** A lie that is signed: the trade is paid and the answer says that it waits. */
export function tellUnpaid(outcome: Outcome): Outcome {
  if ('problem' in outcome || outcome.fields['trade_status'] !== 'TRADE_SUCCESS') return outcome
  const { send_pay_date: _paidAt, fund_bill_list: _funds, ...rest } = outcome.fields
  return { fields: { ...rest, trade_status: 'WAIT_BUYER_PAY', buyer_pay_amount: '0.00', receipt_amount: '0.00' } }
}
