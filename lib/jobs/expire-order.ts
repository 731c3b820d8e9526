import 'server-only'
import type { JobData } from '#db/jobs/queues.ts'
import { endUnpaidOrder } from '../checkout/end-unpaid-order.ts'
import type { PaymentRegistry } from '../payments/registry.ts'

/**
 * Ends an order that was not paid in time: closed at the providers first, then its stock is free. As long as a provider
 * gives no clear answer the order waits, since money may be there; the sweep tries again each minute.
 */
export async function runExpireOrder(
  providers: PaymentRegistry,
  { orderId }: JobData['expire-order'],
  now: Date,
): Promise<void> {
  await endUnpaidOrder(providers, { orderId, event: 'deadline_passed', actor: 'system', reason: null, now })
}
