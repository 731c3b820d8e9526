import 'server-only'
import { noteRecall, readAbnormalRefund } from '#db/refunds/note-recall.ts'
import { settleRefund } from '#db/refunds/settle-refund.ts'
import type { Permit } from '../domain/permissions.ts'
import type { PaymentRegistry } from '../payments/registry.ts'
import { err, ok, type Result } from '../result.ts'

export type RecallRefundError =
  | { readonly code: 'unknown_request' }
  /** Its money is not astray: it is under way, arrived, or failed and can be sent again. */
  | { readonly code: 'not_astray' }
  /** This provider has no such call: the money is paid out there by hand. */
  | { readonly code: 'not_offered' }
  /** The provider refused, or gave no clear answer: it can be asked again. */
  | { readonly code: 'not_recalled'; readonly reason: string }

/**
 * Has the money of a refund that reached nobody paid to our own account at the provider, so that it can go to the
 * shopper another way. Safe to repeat. From then on nobody is told that the refund arrived, and its incident stays open
 * until somebody has paid it out.
 */
export async function recallRefund(
  providers: PaymentRegistry,
  permit: Permit<'refunds.approve'>,
  { requestId, ip }: { readonly requestId: string; readonly ip: string | null },
  now: Date = new Date(),
): Promise<Result<null, RecallRefundError>> {
  const found = await readAbnormalRefund(requestId)
  if (found === 'unknown_request' || found === 'not_astray') return err({ code: found })
  const { refund, attempt } = found
  const provider = providers.get(attempt.provider)
  if (!provider?.recallRefund) return err({ code: 'not_offered' })
  // Before the call, so that a success that is heard of first is told as what it is.
  await noteRecall(permit, { refundId: refund.id, requestId, ip }, now)
  const { outTradeNo, startedAt, providerTradeNo } = attempt
  const { refundNo, requestedAt } = refund
  const answered = await provider.recallRefund({ outTradeNo, startedAt, providerTradeNo, refundNo, requestedAt })
  if (!answered.ok) return err({ code: 'not_recalled', reason: answered.error.code })
  if (answered.value.state === 'done') {
    const report = { event: 'succeeded', refundedAt: answered.value.refundedAt, amount: null } as const
    await settleRefund({ refundId: refund.id, report, source: 'answer', now })
  }
  return ok(null)
}
