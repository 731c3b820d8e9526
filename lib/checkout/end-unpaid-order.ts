import 'server-only'
import { type EndOrder, type EndOrderError, endOrder } from '#db/orders/end-order.ts'
import { findAttempt } from '#db/payments/find-attempt.ts'
import type { PaymentRegistry } from '../payments/registry.ts'
import { err, type Result } from '../result.ts'
import { closeAtProvider } from './close-at-provider.ts'

export type EndUnpaidOrderError =
  | Exclude<EndOrderError, { code: 'attempts_open' }>
  /** A provider did not confirm that it takes no more money; nothing was ended, try again later. */
  | { readonly code: 'still_payable'; readonly reason: string }

/**
 * Cancels or expires an order that is not paid: first every open attempt at its provider, then the order with its
 * stock. An attempt that turns out to be paid wins, and the order is confirmed instead (`not_pending`).
 */
export async function endUnpaidOrder(
  providers: PaymentRegistry,
  end: EndOrder,
): Promise<Result<null, EndUnpaidOrderError>> {
  for (;;) {
    const ended = await endOrder(end)
    if (ended.ok) return ended
    const { error } = ended
    if (error.code !== 'attempts_open') return err(error)

    for (const attemptId of error.attemptIds) {
      const attempt = await findAttempt({ id: attemptId })
      const provider = attempt && providers.get(attempt.provider)
      if (!provider) return err({ code: 'still_payable', reason: 'provider_not_set_up' })
      const closed = await closeAtProvider(provider, attempt, end.now)
      if (closed.state === 'open') return err({ code: 'still_payable', reason: closed.reason })
    }
  }
}
