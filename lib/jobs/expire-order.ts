import 'server-only'
import { z } from 'zod'
import { endUnpaidOrder } from '../checkout/end-unpaid-order.ts'
import { type PaymentRegistry, paymentProviders } from '../payments/registry.ts'
import { defineJob } from './job.ts'

/** Ends an order that was not paid in time. */
export const expireOrderJob = defineJob({
  name: 'expire-order',
  data: z.object({ orderId: z.uuid() }),
  run: ({ orderId }, { now }) => expireUnpaidOrder(paymentProviders(), orderId, now),
})

/**
 * Closed at the providers first, then its stock is free. As long as a provider gives no clear answer the order waits,
 * since money may be there; the sweep tries again each minute.
 */
export async function expireUnpaidOrder(providers: PaymentRegistry, orderId: string, now: Date): Promise<object> {
  const ended = await endUnpaidOrder(providers, {
    orderId,
    event: 'deadline_passed',
    actor: 'system',
    reason: null,
    now,
  })
  return { orderId, ...(ended.ok ? { state: 'expired' } : ended.error) }
}
