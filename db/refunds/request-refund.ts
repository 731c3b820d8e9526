import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { decideRefund, type RefundPlan, type RefundRefusal, type RefundWish } from '#lib/domain/decide-refund.ts'
import type { Fen } from '#lib/domain/money.ts'
import { nextOrderState } from '#lib/domain/order-state.ts'
import { unitsGivenUp } from '#lib/domain/shipment.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { db, type Transaction } from '../client.ts'
import { moveFulfilment } from '../fulfilment/move-fulfilment.ts'
import { readGoods } from '../fulfilment/read-goods.ts'
import { orderEvents, orders } from '../orders/schema.ts'
import { type Book, lockBook } from '../payments/lock-book.ts'
import { paymentAttempts, paymentEvents, payments } from '../payments/schema.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { openRequest } from './open-request.ts'
import { readRefundFacts } from './read-refund-facts.ts'
import { reserveRefund } from './reserve-refund.ts'
import { restockLines } from './restock-lines.ts'
import { refundLines, refundRequests } from './schema.ts'

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
      const inputHash = hashInput(request)
      const [earlier] = await tx.select().from(refundRequests).where(eq(refundRequests.id, request.requestId))
      if (earlier && !earlier.inputHash.equals(inputHash)) return err({ code: 'other_input' })
      if (earlier) return ok({ requestId: earlier.id, amount: earlier.amountFen, repeated: true })

      const decided = decideRefund(await readRefundFacts(tx, book), request.wish, now)
      if (!decided.ok) return decided
      await writeRequest(tx, book, { ...request, inputHash, plan: decided.value, now })
      return ok({ requestId: request.requestId, amount: decided.value.amount, repeated: false })
    }),
  )
}

/** The attempt that confirmed the order. It stays what it is, so no lock is needed to learn it. */
async function findPayingAttempt(orderId: string): Promise<string | null> {
  const [found] = await db
    .select({ id: paymentAttempts.id })
    .from(paymentEvents)
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, paymentEvents.attemptId))
    .innerJoin(payments, eq(payments.id, paymentAttempts.paymentId))
    .where(and(eq(payments.orderId, orderId), eq(paymentEvents.outcome, 'captured')))
  return found?.id ?? null
}

const isOrder = async (orderId: string) => (await db.$count(orders, eq(orders.id, orderId))) > 0

function hashInput({ orderId, wish, cause }: RequestRefund): Buffer {
  const lines = wish.by === 'lines' ? wish.lines.map(({ position, quantity }) => [position, quantity] as const) : []
  const sums = wish.by === 'lines' ? [wish.shipping, wish.restock] : [wish.amount]
  const text = JSON.stringify([orderId, cause, wish.by, lines.sort(([a], [b]) => a - b), sums.map(String)])
  return createHash('sha256').update(text).digest()
}

async function writeRequest(
  tx: Transaction,
  book: Book,
  {
    requestId: id,
    actor,
    cause,
    reason,
    inputHash,
    plan,
    now,
  }: RequestRefund & { inputHash: Buffer; plan: RefundPlan; now: Date },
) {
  const { order, attempt } = book
  const opened = await openRequest(tx, {
    id,
    orderId: order.id,
    attemptId: attempt.id,
    cause,
    amountFen: plan.amount,
    goodsFen: plan.goods,
    discountFen: plan.discount,
    shippingFen: plan.shipping,
    restock: plan.restock,
    reason,
    actor,
    inputHash,
    requestedAt: now,
  })
  const lines = await linesOf(tx, order.id, plan)
  if (lines.length > 0) await tx.insert(refundLines).values(lines.map((line) => ({ ...line, requestId: id })))
  const state = plan.everything ? await cancelUnsent(tx, order, { actor, reason }) : order.state
  await reserveRefund(tx, { ...book, order: { ...order, state } }, opened, { actor, now })
  if (plan.restock) await restockLines(tx, order.id, plan.lines, actor)
  await moveFulfilment(tx, order, { cause: 'money', actor, reason })
}

/** The units of a refund, and where they are: what is still here need not be sent, what is restocked came back. */
async function linesOf(tx: Transaction, orderId: string, { lines, restock }: RefundPlan) {
  const goods = (await readGoods(tx, orderId)).lines
  return lines.map(({ position, quantity }) => {
    const line = goods.find((candidate) => candidate.position === position)
    const unsent = line ? unitsGivenUp(line, quantity) : 0
    return { orderId, position, quantity, unsent, cameBack: restock ? quantity - unsent : 0, restocked: restock }
  })
}

/** Nobody must pack what was given back whole. @returns the order's state afterwards. */
async function cancelUnsent(
  tx: Transaction,
  { id, state, fulfilment }: Book['order'],
  { actor, reason }: { actor: string; reason: string | null },
) {
  const next = fulfilment === 'unfulfilled' ? nextOrderState(state, 'cancelled') : null
  if (next === null) return state
  await tx.update(orders).set({ state: next }).where(eq(orders.id, id))
  await tx.insert(orderEvents).values({
    orderId: id,
    axis: 'order',
    event: 'cancelled',
    fromState: state,
    toState: next,
    actor,
    reason,
    at: sql`clock_timestamp()`,
  })
  return next
}
