import 'server-only'
import { type EndUnpaidOrderError, endUnpaidOrder } from '../checkout/end-unpaid-order.ts'
import { type Permit, staffActor } from '../domain/permissions.ts'
import type { PaymentRegistry } from '../payments/registry.ts'
import type { Result } from '../result.ts'

export type CancelUnpaid = {
  readonly orderId: string
  readonly number: string
  readonly reason: string | null
  readonly ip: string
}

/** Cancels an order that is not paid for the office: at the providers first, then here, with its line in the log. */
export function cancelUnpaid(
  permit: Permit<'orders.cancel'>,
  providers: PaymentRegistry,
  { orderId, number, reason, ip }: CancelUnpaid,
): Promise<Result<null, EndUnpaidOrderError>> {
  const actor = staffActor(permit)
  const audit = { actor, action: 'orders.cancel', about: { kind: 'order', id: number }, reason, ip } as const
  return endUnpaidOrder(providers, {
    orderId,
    event: 'cancelled',
    actor,
    reason,
    audit: { ...audit, before: { state: 'pending_payment' }, after: { state: 'cancelled' } },
    now: new Date(),
  })
}
