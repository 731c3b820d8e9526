import 'server-only'
import { eq } from 'drizzle-orm'
import { decideRefund, type RefundRefusal, type RefundWish } from '#lib/domain/decide-refund.ts'
import type { Fen } from '#lib/domain/money.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { db } from '../client.ts'
import { orders } from '../orders/schema.ts'
import { findPayingAttempt } from '../payments/find-paying-attempt.ts'
import { lockBook } from '../payments/lock-book.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { readRefundFacts } from './read-refund-facts.ts'
import { refundRequests } from './schema.ts'
import { hashRefund, writeRefund } from './write-refund.ts'

export type RequestRefund = {
  /** A UUID that whoever asks made before the first try, so that a second click is told from a second refund. */
  readonly requestId: string
  readonly orderId: string
  readonly wish: RefundWish
  /** `staff:<id>` or `shopper`. */
  readonly actor: string
  readonly cause: 'staff' | 'shopper'
  /** Why, for our own log; never shown to the shopper. */
  readonly reason: string | null
}

export type RequestedRefund = { readonly requestId: string; readonly amount: Fen; readonly repeated: boolean }

export type RequestRefundError =
  | RefundRefusal
  | { readonly code: 'unknown_order' }
  /** No money came for the order, or what came for it went back by itself. */
  | { readonly code: 'not_paid' }
  /** This id asked for something else before. */
  | { readonly code: 'other_input' }

/**
 * Decides a refund of an order and has it sent. One transaction under the payment's lock, so that two people at once
 * can't give away the same money: request, refund with its number, promised sum, stock, log and job, or nothing at all.
 * An order of which everything goes back before anything was sent is cancelled with it.
 */
export async function requestRefund(
  request: RequestRefund,
  now: Date = new Date(),
): Promise<Result<RequestedRefund, RequestRefundError>> {
  const attemptId = await findPayingAttempt(request.orderId)
  if (attemptId === null) return err({ code: (await isOrder(request.orderId)) ? 'not_paid' : 'unknown_order' })
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const book = await lockBook(tx, eq(paymentAttempts.id, attemptId))
      const inputHash = hashRefund(request)
      const [earlier] = await tx.select().from(refundRequests).where(eq(refundRequests.id, request.requestId))
      if (earlier && !earlier.inputHash.equals(inputHash)) return err({ code: 'other_input' })
      if (earlier) return ok({ requestId: earlier.id, amount: earlier.amountFen, repeated: true })

      const decided = decideRefund(await readRefundFacts(tx, book), request.wish, now)
      if (!decided.ok) return decided
      await writeRefund(tx, book, { ...request, inputHash, plan: decided.value, now })
      return ok({ requestId: request.requestId, amount: decided.value.amount, repeated: false })
    }),
  )
}

const isOrder = async (orderId: string) => (await db.$count(orders, eq(orders.id, orderId))) > 0
