import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import { nextAfterSaleState } from '#lib/domain/after-sale-state.ts'
import { decideRefund, type LineUnits, type RefundRefusal } from '#lib/domain/decide-refund.ts'
import { ZERO_FEN } from '#lib/domain/money.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import { moveFulfilment } from '../fulfilment/move-fulfilment.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { moveRequest } from '../refunds/move-request.ts'
import { readRefundFacts } from '../refunds/read-refund-facts.ts'
import { restockLines } from '../refunds/restock-lines.ts'
import { refundLines, refundRequests } from '../refunds/schema.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { type LockedRequest, lockRequest, type MovedOn, movedOn } from './lock-request.ts'
import { afterSaleRequests } from './schema.ts'

/** What came back of a line, and whether it can be sold again; what cannot is written off: it was sold, and stays so. */
export type ReceivedLine = LineUnits & { readonly restock: boolean }

export type ReceiveGoodsError =
  | { readonly code: 'unknown_request' }
  | MovedOn
  /** Only pieces of a return come back. */
  | { readonly code: 'not_a_return' }
  | { readonly code: 'nothing_received' }
  | { readonly code: 'malformed' }
  | { readonly code: 'over_quantity'; readonly position: number; readonly left: number }
  | RefundRefusal

/**
 * Notes what came back of a return: shelf or write-off, and what it is worth now. Lines of which nothing came are no
 * part of the request any more.
 */
export async function receiveGoods(
  permit: Permit<'requests.answer'>,
  {
    requestId,
    lines,
    ip,
  }: { readonly requestId: string; readonly lines: readonly ReceivedLine[]; readonly ip: string | null },
  now: Date = new Date(),
): Promise<Result<{ readonly orderId: string }, ReceiveGoodsError>> {
  const actor = staffActor(permit)
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const locked = await lockRequest(tx, requestId)
      if (!locked) return err({ code: 'unknown_request' })
      const { request, asked, book, refundTried } = locked
      if (asked.kind !== 'return') return err({ code: 'not_a_return' })
      if (refundTried || nextAfterSaleState(request.state, 'goods_received') === null)
        return err(await movedOn(tx, request))
      const received = lines.filter(({ quantity }) => quantity !== 0)
      const refused = await refuseLines(tx, requestId, received)
      if (refused) return err(refused)
      const wish = { by: 'lines', lines: received, shipping: ZERO_FEN, restock: false } as const
      const worth = decideRefund(await readRefundFacts(tx, book), wish, now)
      if (!worth.ok) return worth

      await writeReceived(tx, locked, received)
      const { amount: amountFen, goods: goodsFen, discount: discountFen, shipping: shippingFen } = worth.value
      const sums = { amountFen, goodsFen, discountFen, shippingFen }
      await tx.update(refundRequests).set(sums).where(eq(refundRequests.id, requestId))
      const noted = { receivedBy: actor, receivedAt: now }
      await tx.update(afterSaleRequests).set(noted).where(eq(afterSaleRequests.requestId, requestId))
      await moveRequest(tx, request, { event: 'goods_received', actor, reason: null })
      const shelved = received.filter(({ restock }) => restock)
      await restockLines(tx, request.orderId, shelved, actor)
      await moveFulfilment(tx, book.order, { cause: 'came_back', actor, reason: null })
      const { orderId } = request
      await enqueue(tx, { name: 'send-order-mail', data: { orderId, kind: 'request_received', requestId } })
      await appendAuditEntry(tx, {
        actor,
        action: permit.permission,
        about: { kind: 'request', id: requestId },
        before: { state: request.state },
        after: { state: 'goods_received', lines: received },
        ip,
      })
      return ok({ orderId })
    }),
  )
}

async function refuseLines(
  tx: Transaction,
  requestId: string,
  received: readonly ReceivedLine[],
): Promise<ReceiveGoodsError | null> {
  if (received.length === 0) return { code: 'nothing_received' }
  if (new Set(received.map(({ position }) => position)).size < received.length) return { code: 'malformed' }
  const expected = await tx.select().from(refundLines).where(eq(refundLines.requestId, requestId))
  for (const { position, quantity } of received) {
    const left = expected.find((line) => line.position === position)?.quantity
    if (left === undefined || !Number.isSafeInteger(quantity) || quantity < 1) return { code: 'malformed' }
    if (quantity > left) return { code: 'over_quantity', position, left }
  }
  return null
}

async function writeReceived(tx: Transaction, { request }: LockedRequest, received: readonly ReceivedLine[]) {
  const expected = await tx.select().from(refundLines).where(eq(refundLines.requestId, request.id))
  const gone = expected
    .map(({ position }) => position)
    .filter((at) => !received.some(({ position }) => position === at))
  const ofRequest = eq(refundLines.requestId, request.id)
  if (gone.length > 0) await tx.delete(refundLines).where(and(ofRequest, inArray(refundLines.position, gone)))
  for (const { position, quantity, restock } of received)
    await tx
      .update(refundLines)
      .set({ quantity, cameBack: quantity, restocked: restock })
      .where(and(ofRequest, eq(refundLines.position, position)))
}
