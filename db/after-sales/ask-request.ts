import 'server-only'
import { createHash } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import { type AfterSaleKind, type AfterSaleReason, isReasonOf } from '#lib/domain/after-sale-request.ts'
import { decideRefund, type LineUnits, type RefundPlan, type RefundRefusal } from '#lib/domain/decide-refund.ts'
import { decideRequest, type RequestRefusal } from '#lib/domain/decide-request.ts'
import { ZERO_FEN } from '#lib/domain/money.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { db, type Transaction } from '../client.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { announceOrderChange } from '../orders/order-changed.ts'
import { findPayingAttempt } from '../payments/find-paying-attempt.ts'
import { type Book, lockBook } from '../payments/lock-book.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { openRequest } from '../refunds/open-request.ts'
import { readRefundFacts } from '../refunds/read-refund-facts.ts'
import { refundLines, refundRequests } from '../refunds/schema.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { readRequestFacts } from './read-request-facts.ts'
import { afterSaleLines, afterSalePhotos, afterSaleRequests } from './schema.ts'

/** Requests of one order that wait for an answer; more than that nobody means. */
const MOST_OPEN = 5

export type StoredPhoto = { readonly name: string; readonly width: number; readonly height: number }

export type AskRequest = {
  /** A UUID that the page made, so that a second click is told from a second request. */
  readonly requestId: string
  /** Of an order that belongs to whoever asks: that was looked at before. */
  readonly orderId: string
  readonly kind: AfterSaleKind
  readonly lines: readonly LineUnits[]
  readonly reason: AfterSaleReason
  readonly words: string
  readonly photos: readonly StoredPhoto[]
}

export type AskRequestError =
  | RequestRefusal
  | RefundRefusal
  /** No money came for the order. */
  | { readonly code: 'not_paid' }
  | { readonly code: 'wrong_reason' }
  | { readonly code: 'too_many_open' }
  /** This id asked for something else before. */
  | { readonly code: 'other_input' }

/**
 * Takes what a shopper asks for after the sale. It promises nothing: its amount is what the lines are worth by now, and
 * staff decide. Units that were not sent are packed by nobody until then.
 * @returns whether it was taken before; its photographs are not needed then.
 */
export async function askRequest(
  ask: AskRequest,
  now: Date = new Date(),
): Promise<Result<{ readonly repeated: boolean }, AskRequestError>> {
  if (!isReasonOf(ask.kind, ask.reason)) return err({ code: 'wrong_reason' })
  const attemptId = await findPayingAttempt(ask.orderId)
  if (attemptId === null) return err({ code: 'not_paid' })
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const book = await lockBook(tx, eq(paymentAttempts.id, attemptId))
      const inputHash = hashAsk(ask)
      const [earlier] = await tx.select().from(refundRequests).where(eq(refundRequests.id, ask.requestId))
      if (earlier && !earlier.inputHash.equals(inputHash)) return err({ code: 'other_input' })
      if (earlier) return ok({ repeated: true })

      const planned = await plan(tx, book, ask, now)
      if (!planned.ok) return planned
      await write(tx, book, ask, { plan: planned.value, inputHash, now })
      return ok({ repeated: false })
    }),
  )
}

function hashAsk({ orderId, kind, lines, reason, words }: AskRequest): Buffer {
  const units = lines.map(({ position, quantity }) => [position, quantity] as const).sort(([a], [b]) => a - b)
  return createHash('sha256')
    .update(JSON.stringify([orderId, kind, units, reason, words]))
    .digest()
}

/** Whether it can be asked for, and what it would be worth. */
async function plan(
  tx: Transaction,
  book: Book,
  { kind, lines }: AskRequest,
  now: Date,
): Promise<Result<RefundPlan, AskRequestError>> {
  const open = await tx.$count(
    refundRequests,
    and(eq(refundRequests.orderId, book.order.id), inArray(refundRequests.state, ['requested'])),
  )
  if (open >= MOST_OPEN) return err({ code: 'too_many_open' })
  const facts = await readRequestFacts(book.order, tx)
  const asked = decideRequest(facts, { kind, lines }, now)
  if (!asked.ok) return asked
  const refundFacts = await readRefundFacts(tx, book)
  // Who gets nothing pays no sending.
  const isAll = facts.lines.every(
    ({ position, ordered }) => lines.find((line) => line.position === position)?.quantity === ordered,
  )
  const shipping =
    kind === 'cancellation' && isAll && refundFacts.earlier.length === 0 ? refundFacts.shipping : ZERO_FEN
  return decideRefund(refundFacts, { by: 'lines', lines, shipping, restock: false }, now)
}

async function write(
  tx: Transaction,
  { order, attempt }: Book,
  { requestId, kind, lines, reason, words, photos }: AskRequest,
  { plan, inputHash, now }: { plan: RefundPlan; inputHash: Buffer; now: Date },
) {
  const orderId = order.id
  const opened = {
    id: requestId,
    orderId,
    attemptId: attempt.id,
    cause: 'shopper',
    amountFen: plan.amount,
    goodsFen: plan.goods,
    discountFen: plan.discount,
    shippingFen: plan.shipping,
    restock: false,
    reason,
    actor: 'shopper',
    inputHash,
    requestedAt: now,
  } as const
  await openRequest(tx, opened, 'requested')
  await tx.insert(refundLines).values(
    lines.map(({ position, quantity }) => ({
      requestId,
      orderId,
      position,
      quantity,
      unsent: kind === 'cancellation' ? quantity : 0,
      restocked: false,
    })),
  )
  await tx.insert(afterSaleRequests).values({ requestId, kind, reason, words })
  await tx.insert(afterSaleLines).values(lines.map((line) => ({ ...line, requestId, orderId })))
  if (photos.length > 0)
    await tx.insert(afterSalePhotos).values(photos.map((photo, position) => ({ ...photo, requestId, position })))
  await enqueue(tx, { name: 'send-order-mail', data: { orderId, kind: 'request_taken', requestId } })
  await announceOrderChange(tx, orderId)
}
