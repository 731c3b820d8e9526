import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import { MERCHANT_NUMBER, type RefundRef, type RefundRequest, type RefundState } from '../port.ts'
import { cleanText } from './clean-text.ts'
import type { WechatClient } from './client.ts'
import { callGateway, type Question } from './gateway.ts'
import { otherTrade, refused } from './trade-calls.ts'
import { RefundAnswer } from './wire.ts'

const MAX_REASON_BYTES = 80
const REFUNDS = '/v3/refund/domestic/refunds'

/** Gives money back. Acceptance is not success: only a query or a notification tells that the money went. */
export async function refundTrade(
  client: WechatClient,
  request: RefundRequest,
): Promise<Result<RefundState, CallError>> {
  const reason = whyNotSendable(request)
  if (reason !== null) return err({ code: 'invalid_request', reason })
  const body = {
    transaction_id: request.providerTradeNo,
    out_refund_no: request.refundNo,
    reason: cleanText(request.reason, MAX_REASON_BYTES),
    notify_url: client.notifyUrl,
    amount: { refund: Number(request.amount), total: Number(request.paidAmount), currency: 'CNY' },
  }
  const answered = await ask(client, { method: 'POST', path: REFUNDS, body }, request)
  if (!answered.ok) return answered
  if (answered.value === null) return err(refused({ refusalCode: 'RESOURCE_NOT_EXISTS', message: 'no such trade' }))
  return answered.value.amount.refund === request.amount ? ok(stateOf(answered.value)) : err(otherTrade)
}

export async function queryRefund(client: WechatClient, refund: RefundRef): Promise<Result<RefundState, CallError>> {
  const found = await find(client, refund)
  return found.ok ? ok(found.value ? stateOf(found.value) : { state: 'not_found' }) : found
}

/**
 * Has an `ABNORMAL` refund paid out to our own account. (To a card of the buyer's it would need their bank data, which
 * a shop has no business to hold.)
 */
export async function recallRefund(client: WechatClient, refund: RefundRef): Promise<Result<RefundState, CallError>> {
  const found = await find(client, refund)
  if (!found.ok) return found
  if (found.value === null) return ok({ state: 'not_found' })
  if (found.value.status !== 'ABNORMAL') return ok(stateOf(found.value))
  const path = `${REFUNDS}/${encodeURIComponent(found.value.refund_id)}/apply-abnormal-refund`
  const body = { out_refund_no: refund.refundNo, type: 'MERCHANT_BANK_CARD' }
  const answered = await ask(client, { method: 'POST', path, body }, refund)
  if (!answered.ok) return answered
  return ok(answered.value ? stateOf(answered.value) : { state: 'not_found' })
}

const find = (client: WechatClient, refund: RefundRef) =>
  ask(client, { method: 'GET', path: `${REFUNDS}/${encodeURIComponent(refund.refundNo)}` }, refund)

/** Null when WeChat Pay has no such refund. */
async function ask(
  { access, keys }: WechatClient,
  question: Question,
  { refundNo, outTradeNo }: RefundRef,
): Promise<Result<RefundAnswer | null, CallError>> {
  const answered = await callGateway(access, keys, question, RefundAnswer)
  if (!answered.ok) return answered
  if (answered.value.outcome === 'refusal') {
    return answered.value.refusalCode === 'RESOURCE_NOT_EXISTS' ? ok(null) : err(refused(answered.value))
  }
  const refund = answered.value.content
  const isOurs = refund.out_refund_no === refundNo && refund.out_trade_no === outTradeNo
  return isOurs ? ok(refund) : err(otherTrade)
}

function stateOf({ status, success_time: refundedAt }: RefundAnswer): RefundState {
  switch (status) {
    case 'SUCCESS':
      return { state: 'done', refundedAt: refundedAt ?? null }
    case 'PROCESSING':
      return { state: 'pending' }
    case 'CLOSED':
      return { state: 'failed', providerCode: status }
    case 'ABNORMAL':
      return { state: 'abnormal', providerCode: status }
  }
}

function whyNotSendable(request: RefundRequest): string | null {
  if (!MERCHANT_NUMBER.test(request.refundNo)) return 'the refund number must be 8 to 32 letters and digits'
  if (request.amount < 1n || request.amount > request.paidAmount) return 'the amount must be 0.01 to what was paid'
  return null
}
