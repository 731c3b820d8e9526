import 'server-only'
import type { Result } from '#lib/result.ts'
import { type EndOrderError, endOrder } from './end-order.ts'

/**
 * Ends an order whose time to pay is over and gives its stock back, once. Open attempts refuse it: close them at the
 * provider first, or the shopper could still pay.
 */
export const expireOrder = (orderId: string, now: Date = new Date()): Promise<Result<null, EndOrderError>> =>
  endOrder({ orderId, event: 'deadline_passed', actor: 'system', reason: null, now })
