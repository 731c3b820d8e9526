import { toYuan } from '../../domain/money.ts'
import { err, ok, type Result } from '../../result.ts'
import type { CallError } from '../errors.ts'
import { MERCHANT_NUMBER, type RefundRef, type RefundRequest, type RefundState } from '../port.ts'
import { type AlipayClient, call } from './client.ts'
import { otherTrade, refused } from './trade-calls.ts'
import { RefundAnswer, RefundQueryAnswer } from './wire.ts'

const MAX_REASON_LENGTH = 256

/**
 * Gives money back. Our number always goes along: without it Alipay takes a second partial refund for a repeat of the
 * first. Only `fund_change=Y` says that money moved by this call; anything else is `pending` until it is queried.
 */
export async function refundTrade(
  client: AlipayClient,
  request: RefundRequest,
): Promise<Result<RefundState, CallError>> {
  const reason = whyNotSendable(request)
  if (reason !== null) return err({ code: 'invalid_request', reason })
  const content = {
    out_trade_no: request.outTradeNo,
    refund_amount: toYuan(request.amount),
    refund_reason: request.reason.slice(0, MAX_REASON_LENGTH).toWellFormed(),
    out_request_no: request.refundNo,
  }
  const answered = await call(client, 'alipay.trade.refund', content, RefundAnswer)
  if (!answered.ok) return answered
  if (answered.value.outcome === 'refusal') return err(refused(answered.value))
  const refund = answered.value.content
  if (refund.out_trade_no !== request.outTradeNo) return err(otherTrade)
  if (refund.fund_change !== 'Y') return ok({ state: 'pending' })
  return ok({ state: 'done', refundedAt: refund.gmt_refund_pay ?? null })
}

/** Ask ten seconds after the refund at the earliest. An answer without a status means: send the same refund again. */
export async function queryRefund(client: AlipayClient, refund: RefundRef): Promise<Result<RefundState, CallError>> {
  const content = {
    out_trade_no: refund.outTradeNo,
    out_request_no: refund.refundNo,
    query_options: ['gmt_refund_pay'],
  }
  const answered = await call(client, 'alipay.trade.fastpay.refund.query', content, RefundQueryAnswer)
  if (!answered.ok) return answered
  if (answered.value.outcome === 'refusal') return err(refused(answered.value))
  const found = answered.value.content
  if (found.refund_status !== 'REFUND_SUCCESS') return ok({ state: 'not_found' })
  const isOurs = found.out_trade_no === refund.outTradeNo && found.out_request_no === refund.refundNo
  return isOurs ? ok({ state: 'done', refundedAt: found.gmt_refund_pay ?? null }) : err(otherTrade)
}

function whyNotSendable(request: RefundRequest): string | null {
  if (!MERCHANT_NUMBER.test(request.refundNo)) return 'the refund number must be 8 to 32 letters and digits'
  if (request.amount < 1n || request.amount > request.paidAmount) return 'the amount must be 0.01 to what was paid'
  return null
}
