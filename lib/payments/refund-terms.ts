import type { RefundTerms } from '../domain/decide-refund.ts'
import type { ProviderName } from './port.ts'

export type ProviderRefundTerms = RefundTerms & {
  /** What the gateway wants between two refunds of one payment. */
  readonly pauseSeconds: number
}

/**
 * What the gateways' documents say about refunds. Within the window the gateway has the last word: contracts differ,
 * and it refuses what its own does not allow.
 *
 * Alipay: by contract, twelve months at most; three seconds between two refunds of a trade. WeChat Pay: a year, fifty
 * refunds of an order, a minute between them. UnionPay: ninety days for sure and 330 often, depending on the bank.
 */
export const REFUND_TERMS = {
  alipay: { windowDays: 365, refundsAtMost: 99, pauseSeconds: 3 },
  wechatpay: { windowDays: 365, refundsAtMost: 50, pauseSeconds: 60 },
  unionpay: { windowDays: 330, refundsAtMost: 99, pauseSeconds: 0 },
} as const satisfies Record<ProviderName, ProviderRefundTerms>
