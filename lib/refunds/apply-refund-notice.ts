import 'server-only'
import { db } from '#db/client.ts'
import { enqueue } from '#db/jobs/enqueue.ts'
import { type Attempt, findAttempt } from '#db/payments/find-attempt.ts'
import { recordUnaskedRefund } from '#db/payments/record-unasked-refund.ts'
import { settleAttempt } from '#db/payments/settle-attempt.ts'
import { findRefund } from '#db/refunds/find-refund.ts'
import { hurryRefunds } from '#db/refunds/hurry-refunds.ts'
import { type RefundReport, settleRefund } from '#db/refunds/settle-refund.ts'
import type { Notification } from '../payments/port.ts'

export type RefundNotice = Extract<Notification, { kind: 'refunded' | 'refund_failed' | 'refund_abnormal' }>

/**
 * Applies what a provider tells of a refund. The notice may be the first that we hear of the payment: that is settled
 * before what took it back. A notice that names none of our refunds has us ask about those under way, and money that
 * none of them explains is kept for a person.
 */
export async function applyRefundNotice(notice: RefundNotice, now: Date): Promise<'applied' | 'unknown_attempt'> {
  const { provider, outTradeNo } = notice
  const attempt = await findAttempt({ provider, outTradeNo })
  if (!attempt) return 'unknown_attempt'
  if (notice.kind === 'refunded') await settlePayment(notice, attempt)

  const refund = notice.refundNo === null ? null : await findRefund(provider, notice.refundNo)
  if (refund?.attemptId === attempt.id)
    await settleRefund({ refundId: refund.id, report: reportOf(notice), source: 'notify', now })
  else await hurryRefunds(attempt.id, now)
  if (notice.kind === 'refunded') await lookForUnasked(notice, attempt, refund !== null)
  return 'applied'
}

async function settlePayment(notice: Extract<RefundNotice, { kind: 'refunded' }>, attempt: Attempt): Promise<void> {
  const { provider, outTradeNo, payment } = notice
  if (payment) await settleAttempt({ provider, outTradeNo, payment, source: 'notify' })
  else if (attempt.state !== 'succeeded') await enqueue(db, { name: 'query-attempt', data: { attemptId: attempt.id } })
}

function reportOf(notice: RefundNotice): RefundReport {
  switch (notice.kind) {
    case 'refunded':
      return { event: 'succeeded', refundedAt: null, amount: notice.amount }
    case 'refund_failed':
      return { event: 'failed', providerCode: notice.providerCode, spent: true }
    case 'refund_abnormal':
      return { event: 'went_astray', providerCode: notice.providerCode }
  }
}

/** A notice without a total is explained when it names a refund of ours. */
async function lookForUnasked(
  { provider, outTradeNo, providerTradeNo, refundedTotal, amount }: Extract<RefundNotice, { kind: 'refunded' }>,
  attempt: Attempt,
  isOurs: boolean,
): Promise<void> {
  const total = refundedTotal ?? (isOurs ? null : (amount ?? attempt.amountFen))
  if (total === null) return
  await recordUnaskedRefund({ provider, outTradeNo, providerTradeNo, refundedTotal: total, source: 'notify' })
}
