import 'server-only'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { REFUNDING_STATES } from '#lib/domain/after-sale-state.ts'
import type { RefundFacts } from '#lib/domain/decide-refund.ts'
import { REFUND_TERMS } from '#lib/payments/refund-terms.ts'
import type { DbOrTransaction } from '../client.ts'
import { orderLines, type orders } from '../orders/schema.ts'
import type { paymentAttempts } from '../payments/schema.ts'
import { refundLines, refundRequests, refunds } from './schema.ts'

export type RefundableOrder = {
  readonly order: Pick<typeof orders.$inferSelect, 'id' | 'shippingFen'>
  readonly attempt: Pick<typeof paymentAttempts.$inferSelect, 'id' | 'provider' | 'paidAt'>
}

/** What `decideRefund()` has to know of an order and of the attempt that paid it. Binding only under the payment's lock. */
export async function readRefundFacts(
  within: DbOrTransaction,
  { order, attempt }: RefundableOrder,
): Promise<RefundFacts> {
  if (!attempt.paidAt) throw new Error(`attempt ${attempt.id} was never paid`)
  const [lines, requests, returned, numbersUsed] = await Promise.all([
    within.select().from(orderLines).where(eq(orderLines.orderId, order.id)).orderBy(asc(orderLines.position)),
    within
      .select()
      .from(refundRequests)
      .where(and(eq(refundRequests.attemptId, attempt.id), inArray(refundRequests.state, REFUNDING_STATES))),
    within.select().from(refundLines).where(eq(refundLines.orderId, order.id)),
    within.$count(refunds, eq(refunds.attemptId, attempt.id)),
  ])
  const restocked = new Map<number, number>()
  for (const line of returned)
    if (line.restocked) restocked.set(line.position, (restocked.get(line.position) ?? 0) + line.quantity)
  return {
    lines: lines.map(({ position, unitPriceFen, quantity, discountFen }) => ({
      position,
      unitPrice: unitPriceFen,
      quantity,
      discount: discountFen,
    })),
    shipping: order.shippingFen,
    paidAt: attempt.paidAt,
    earlier: requests.map(({ id, goodsFen, shippingFen }) => ({
      goods: goodsFen,
      shipping: shippingFen,
      lines: returned.filter(({ requestId }) => requestId === id),
    })),
    restocked,
    numbersUsed,
    terms: REFUND_TERMS[attempt.provider],
  }
}
