import 'server-only'
import { z } from 'zod'
import { findAttempt } from '#db/payments/find-attempt.ts'
import { scheduleQuery } from '#db/payments/schedule-query.ts'
import { closeAtProvider } from '../checkout/close-at-provider.ts'
import { queryAndSettle } from '../checkout/query-and-settle.ts'
import { isOpenAttempt } from '../domain/attempt-state.ts'
import type { PaymentProvider } from '../payments/port.ts'
import { type PaymentRegistry, paymentProviders } from '../payments/registry.ts'
import { inPaymentTrace, orderOfTrade } from '../telemetry/payment-trace.ts'
import { defineJob } from './job.ts'

/** Asks the provider about an attempt whose notification has not come, and plans the next time. */
export const queryAttemptJob = defineJob({
  name: 'query-attempt',
  data: z.object({ attemptId: z.uuid() }),
  run: ({ attemptId }, { now }) => queryAttempt(paymentProviders(), attemptId, now),
})

/**
 * While the order waits for money the answer is applied; when it has its money by another attempt, or has ended, this
 * one is closed at the provider, so that nobody pays for nothing.
 */
export async function queryAttempt(providers: PaymentRegistry, attemptId: string, now: Date): Promise<object> {
  const attempt = await findAttempt({ id: attemptId })
  if (!attempt || !(isOpenAttempt(attempt.state) || attempt.state === 'mismatch')) return { state: 'decided_before' }
  const provider = providers.get(attempt.provider)
  const awaited = attempt.orderState === 'pending_payment' || attempt.state === 'mismatch'
  const ask = (asked: PaymentProvider) =>
    awaited ? queryAndSettle(asked, attempt) : closeAtProvider(asked, attempt, now)
  return inPaymentTrace(orderOfTrade(attempt.outTradeNo), 'ask about attempt', async () => {
    const answer = provider ? await ask(provider) : { state: 'provider_not_set_up' }
    await scheduleQuery(attemptId, now)
    return { ...answer, outTradeNo: attempt.outTradeNo }
  })
}
