import 'server-only'
import { listUnaskedDifferences, type UnaskedDifference } from '#db/reconciliation/list-unasked-differences.ts'
import { noteAsked } from '#db/reconciliation/note-asked.ts'
import { settleDifference } from '#db/reconciliation/settle-difference.ts'
import { findRefund } from '#db/refunds/find-refund.ts'
import { settleRefund } from '#db/refunds/settle-refund.ts'
import { type QueriedAttempt, queryAndSettle } from '../checkout/query-and-settle.ts'
import type { PaymentProvider } from '../payments/port.ts'
import type { PaymentRegistry } from '../payments/registry.ts'
import { reportOf } from '../refunds/report-of.ts'

const ASK_AGAIN_AFTER_MS = 3_600_000

/**
 * Asks the providers about open differences that an answer can end, such as money that we had not heard of, and applies
 * the answer by the one settle path. What stays open is asked about again after an hour. @returns how many were settled.
 */
export async function settleByRule(providers: PaymentRegistry, now: Date): Promise<number> {
  let settled = 0
  for (const difference of await listUnaskedDifferences(new Date(now.getTime() - ASK_AGAIN_AFTER_MS))) {
    if (await settleOne(providers, difference, now)) settled += 1
  }
  return settled
}

async function settleOne(providers: PaymentRegistry, difference: UnaskedDifference, now: Date): Promise<boolean> {
  const provider = providers.get(difference.provider)
  if (!provider || !difference.attempt) return false
  const asked = await (difference.proposal === 'query_payment'
    ? askAboutPayment(provider, difference.attempt)
    : askAboutRefund(provider, { ...difference.attempt, refundNo: difference.subject }, now))
  if (!asked.hasEnded) {
    await noteAsked(difference.id, asked.note, now)
    return false
  }
  const settlement = { by: 'rule', resolution: 'provider_answered', note: asked.note } as const
  return (await settleDifference(difference.id, settlement, now)) === 'settled'
}

type Asked = { readonly hasEnded: boolean; readonly note: string }

/** A dispute stays open, and so does what the provider denies although its bill has it. */
async function askAboutPayment(provider: PaymentProvider, attempt: QueriedAttempt): Promise<Asked> {
  const queried = await queryAndSettle(provider, attempt, 'bill')
  if (queried.state !== 'settled') return { hasEnded: false, note: `the provider says: ${queried.state}` }
  const { outcome } = queried.settled
  return { hasEnded: outcome !== 'disputed' && outcome !== 'unknown_attempt', note: `settled: ${outcome}` }
}

/** Ends with what the provider is sure of. */
async function askAboutRefund(
  provider: PaymentProvider,
  { refundNo, ...attempt }: QueriedAttempt & { readonly refundNo: string },
  now: Date,
): Promise<Asked> {
  const refund = await findRefund(provider.name, refundNo)
  if (!refund) return { hasEnded: false, note: 'no refund of ours has this number' }
  const answer = await provider.queryRefund({ ...attempt, refundNo, requestedAt: refund.requestedAt })
  if (!answer.ok) return { hasEnded: false, note: `no answer: ${answer.error.code}` }
  const { state } = answer.value
  const report = reportOf(answer.value)
  if (!report) return { hasEnded: false, note: `the provider says: ${state}` }
  const outcome = await settleRefund({ refundId: refund.id, report, source: 'bill', now })
  const isSure = state === 'done' || state === 'failed'
  return { hasEnded: isSure && outcome !== 'disputed', note: `the provider says: ${state}, settled: ${outcome}` }
}
