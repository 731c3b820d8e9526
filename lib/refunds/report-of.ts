import type { RefundReport } from '#db/refunds/settle-refund.ts'
import type { RefundState } from '../payments/port.ts'

/** What a provider's answer about a refund means for our book; null when it has never heard of it. */
export function reportOf(state: RefundState): RefundReport | null {
  switch (state.state) {
    case 'done':
      return { event: 'succeeded', refundedAt: state.refundedAt, amount: null }
    case 'pending':
      return { event: 'accepted' }
    case 'failed':
      return { event: 'failed', providerCode: state.providerCode, spent: true }
    case 'abnormal':
      return { event: 'went_astray', providerCode: state.providerCode }
    case 'not_found':
      return null
  }
}
