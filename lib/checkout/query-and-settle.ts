import 'server-only'
import { endAttempt } from '#db/payments/end-attempt.ts'
import { recordUnaskedRefund } from '#db/payments/record-unasked-refund.ts'
import { type Settled, settleAttempt } from '#db/payments/settle-attempt.ts'
import { recordCall } from '#db/providers/record-call.ts'
import { crashPoint } from '../crash-point.ts'
import type { Payment, PaymentProvider } from '../payments/port.ts'

export type QueriedAttempt = { readonly id: string; readonly outTradeNo: string; readonly startedAt: Date }

export type Queried =
  | { readonly state: 'settled'; readonly settled: Settled }
  /** The provider says that it will take no money for it. */
  | { readonly state: 'ended' }
  /** The provider has no money yet; the shopper may be paying right now. */
  | { readonly state: 'unpaid' }
  /** No answer that can be believed: nothing is known, nothing was changed. */
  | { readonly state: 'unknown'; readonly reason: string }

/** Why we ask: time has passed, the browser came back, or a bill tells of money that we don't know of. */
type AskedBecause = 'query' | 'return' | 'bill'

/** Asks the provider what became of an attempt, and applies the answer. Safe at any time and any number of times. */
export async function queryAndSettle(
  provider: PaymentProvider,
  attempt: QueriedAttempt,
  source: AskedBecause = 'query',
): Promise<Queried> {
  const startedAt = new Date()
  const answer = await provider.query(attempt)
  const answered = answer.ok || !['unknown', 'untrusted'].includes(answer.error.code)
  await recordCall({ provider: provider.name, call: 'query', answered, startedAt })
  crashPoint('trade_queried')
  if (!answer.ok) return { state: 'unknown', reason: answer.error.code }

  const trade = answer.value
  switch (trade.state) {
    case 'not_found':
    case 'unpaid':
      return { state: 'unpaid' }
    case 'paid':
      return { state: 'settled', settled: await settle(provider, attempt, trade.payment, source) }
    case 'closed': {
      if (!trade.payment) {
        await endAttempt(attempt.id, 'closed', `provider:${provider.name}`)
        return { state: 'ended' }
      }
      const settled = await settle(provider, attempt, trade.payment, source)
      await recordUnaskedRefund({
        provider: provider.name,
        outTradeNo: attempt.outTradeNo,
        providerTradeNo: trade.payment.providerTradeNo,
        refundedTotal: trade.payment.amount,
        source,
      })
      return { state: 'settled', settled }
    }
  }
}

async function settle(
  provider: PaymentProvider,
  { outTradeNo }: QueriedAttempt,
  payment: Payment,
  source: AskedBecause,
): Promise<Settled> {
  const settled = await settleAttempt({ provider: provider.name, outTradeNo, payment, source })
  crashPoint('trade_settled')
  return settled
}
