import 'server-only'
import type { Result } from '#lib/result.ts'
import { type EndOrderError, endOrder } from './end-order.ts'

/**
 * Cancels an order that is not paid yet and gives its stock back. Open attempts refuse it: close them at the provider
 * first, or the shopper could still pay. `actor` is `shopper` or `staff:<id>`.
 */
export const cancelOrder = (
  orderId: string,
  { actor, reason, now = new Date() }: { actor: string; reason: string | null; now?: Date },
): Promise<Result<null, EndOrderError>> => endOrder({ orderId, event: 'cancelled', actor, reason, now })
