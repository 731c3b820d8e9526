import 'server-only'
import { beginRefundCall, type RefundCall } from '#db/refunds/begin-refund-call.ts'
import { type RefundReport, type RefundSettled, settleRefund } from '#db/refunds/settle-refund.ts'
import { crashPoint } from '../crash-point.ts'
import { translator } from '../i18n/translator.ts'
import type { CallError } from '../payments/errors.ts'
import type { PaymentProvider, RefundRequest, RefundState } from '../payments/port.ts'
import type { PaymentRegistry } from '../payments/registry.ts'
import type { Result } from '../result.ts'
import { reportOf } from './report-of.ts'

export type Pursued =
  /** It has ended, or somebody else is at it. */
  | { readonly state: 'nothing_to_do' }
  | { readonly state: 'settled'; readonly settled: RefundSettled }
  /** No answer that can be believed: nothing changed, the same number is asked about later. */
  | { readonly state: 'unknown'; readonly reason: string }

/**
 * Brings a refund on its way, or learns what became of it. One that may have been sent is asked about first, and sent
 * again under its own number only when the provider has never heard of it.
 */
export async function pursueRefund(providers: PaymentRegistry, refundId: string, now: Date): Promise<Pursued> {
  const call = await beginRefundCall(refundId, now)
  if (!call) return { state: 'nothing_to_do' }
  crashPoint('refund_call_noted')
  const provider = providers.get(call.attempt.provider)
  if (!provider) return { state: 'unknown', reason: 'provider_not_set_up' }

  const answered = await askOrSend(provider, call)
  if (!answered.report) return { state: 'unknown', reason: answered.reason }
  const { report, source } = answered
  const settled = await settleRefund({ refundId, report, source, now })
  crashPoint('refund_settled')
  return { state: 'settled', settled }
}

type Answered =
  | { readonly report: RefundReport; readonly source: 'query' | 'answer' }
  | { readonly report: null; readonly reason: string }

async function askOrSend(provider: PaymentProvider, call: RefundCall): Promise<Answered> {
  const request = toRequest(call)
  if (call.sentBefore) {
    const known = await provider.queryRefund(request)
    crashPoint('refund_queried')
    if (!known.ok) return { report: null, reason: known.error.code }
    if (known.value.state !== 'not_found') return toAnswer(known.value, 'query')
  }
  const sent = await provider.refund(request)
  crashPoint('refund_sent')
  if (sent.ok) return toAnswer(sent.value, 'answer')
  const providerCode = refusalOf(sent)
  if (providerCode === null) return { report: null, reason: sent.error.code }
  return { report: { event: 'failed', providerCode, spent: false }, source: 'answer' }
}

function toRequest({ refund, attempt, orderNumber, locale }: RefundCall): RefundRequest {
  const { outTradeNo, startedAt, providerTradeNo, paidAt, amountFen } = attempt
  if (providerTradeNo === null || paidAt === null) throw new Error(`attempt ${outTradeNo} was never paid`)
  return {
    outTradeNo,
    startedAt,
    providerTradeNo,
    paidAt,
    paidAmount: amountFen,
    refundNo: refund.refundNo,
    requestedAt: refund.requestedAt,
    amount: refund.amountFen,
    reason: translator(locale)('order.refund.subject', { number: orderNumber }),
  }
}

/** The provider's word for why nothing happened; null where it is not known whether something did. */
function refusalOf({ error }: Extract<Result<RefundState, CallError>, { ok: false }>): string | null {
  switch (error.code) {
    case 'refused':
      return error.providerCode
    case 'invalid_request':
      return `${error.code}: ${error.reason}`
    case 'unknown':
    case 'untrusted':
    case 'rate_limited':
      return null
  }
}

function toAnswer(state: RefundState, source: 'query' | 'answer'): Answered {
  const report = reportOf(state)
  return report ? { report, source } : { report: null, reason: state.state }
}
