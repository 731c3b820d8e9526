import 'server-only'
import { type Queried, queryAndSettle } from '../checkout/query-and-settle.ts'
import type { ProviderName } from '../payments/port.ts'
import type { PaymentRegistry } from '../payments/registry.ts'

export type AskedAttempt = {
  readonly id: string
  readonly provider: ProviderName
  readonly outTradeNo: string
  readonly startedAt: Date
}

export type ProviderAnswer = {
  readonly outTradeNo: string
  readonly provider: ProviderName
  readonly answer: Queried | { readonly state: 'not_set_up' }
}

/** Asks each provider now what became of these attempts, and applies what they say. Safe at any time. */
export const askProviders = (
  providers: PaymentRegistry,
  attempts: readonly AskedAttempt[],
): Promise<readonly ProviderAnswer[]> =>
  Promise.all(
    attempts.map(async (attempt) => {
      const provider = providers.get(attempt.provider)
      const answer = provider ? await queryAndSettle(provider, attempt) : ({ state: 'not_set_up' } as const)
      return { outTradeNo: attempt.outTradeNo, provider: attempt.provider, answer }
    }),
  )
