import 'server-only'
import { createHash } from 'node:crypto'
import type { RefundPlan, RefundWish } from '#lib/domain/decide-refund.ts'
import { placeUnits } from '#lib/domain/refund-effects.ts'
import type { Transaction } from '../client.ts'
import { readGoods } from '../fulfilment/read-goods.ts'
import type { Book } from '../payments/lock-book.ts'
import { openRequest } from './open-request.ts'
import { refundLines } from './schema.ts'
import { startRefund } from './start-refund.ts'

export type RefundToWrite = {
  readonly requestId: string
  readonly actor: string
  readonly cause: 'staff' | 'shopper'
  readonly reason: string | null
  readonly inputHash: Buffer
  readonly plan: RefundPlan
  readonly now: Date
}

/** Tells a repeat from another refund under the same id. */
export function hashRefund({
  orderId,
  wish,
  cause,
}: {
  readonly orderId: string
  readonly wish: RefundWish
  readonly cause: 'staff' | 'shopper'
}): Buffer {
  const lines = wish.by === 'lines' ? wish.lines.map(({ position, quantity }) => [position, quantity] as const) : []
  const sums = wish.by === 'lines' ? [wish.shipping, wish.restock] : [wish.amount]
  const text = JSON.stringify([orderId, cause, wish.by, lines.sort(([a], [b]) => a - b), sums.map(String)])
  return createHash('sha256').update(text).digest()
}

/** Writes a refund that was decided, and starts it. Under the locks of `lockBook`. */
export async function writeRefund(tx: Transaction, book: Book, refund: RefundToWrite): Promise<void> {
  const { requestId: id, actor, cause, reason, inputHash, plan, now } = refund
  const orderId = book.order.id
  const opened = await openRequest(tx, {
    id,
    orderId,
    attemptId: book.attempt.id,
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
  const units = placeUnits((await readGoods(tx, orderId)).lines, plan)
  if (units.length > 0) await tx.insert(refundLines).values(units.map((line) => ({ ...line, requestId: id, orderId })))
  await startRefund(tx, book, opened, { plan, restock: plan.restock ? plan.lines : [], actor, reason, now })
}
