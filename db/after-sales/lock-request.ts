import 'server-only'
import { and, desc, eq } from 'drizzle-orm'
import type { AfterSaleState } from '#lib/domain/after-sale-state.ts'
import type { Transaction } from '../client.ts'
import { orderEvents } from '../orders/schema.ts'
import { lockBook } from '../payments/lock-book.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { refundRequests, refunds } from '../refunds/schema.ts'
import { afterSaleRequests } from './schema.ts'

export type LockedRequest = NonNullable<Awaited<ReturnType<typeof lockRequest>>>

/** A shopper's request with its words, under the locks of `lockBook`. Null when there is none. */
export async function lockRequest(tx: Transaction, requestId: string) {
  const [known] = await tx
    .select({ attemptId: refundRequests.attemptId })
    .from(afterSaleRequests)
    .innerJoin(refundRequests, eq(refundRequests.id, afterSaleRequests.requestId))
    .where(eq(afterSaleRequests.requestId, requestId))
  if (!known) return null
  const book = await lockBook(tx, eq(paymentAttempts.id, known.attemptId))
  const [found] = await tx
    .select({ request: refundRequests, asked: afterSaleRequests })
    .from(refundRequests)
    .innerJoin(afterSaleRequests, eq(afterSaleRequests.requestId, refundRequests.id))
    .where(eq(refundRequests.id, requestId))
  if (!found) throw new Error(`request ${requestId} went away`)
  const tries = await tx.$count(refunds, eq(refunds.requestId, requestId))
  return { book, ...found, refundTried: tries > 0 }
}

/** The act cannot be done any more: somebody did another one meanwhile. */
export type MovedOn = {
  readonly code: 'moved_on'
  readonly state: AfterSaleState
  readonly by: string
  readonly at: Date
}

/** What happened to a request last, for whoever came too late. */
export async function movedOn(tx: Transaction, { id, orderId, state }: LockedRequest['request']): Promise<MovedOn> {
  const [last] = await tx
    .select({ by: orderEvents.actor, at: orderEvents.at })
    .from(orderEvents)
    .where(and(eq(orderEvents.orderId, orderId), eq(orderEvents.axis, 'after_sale'), eq(orderEvents.about, id)))
    .orderBy(desc(orderEvents.id))
    .limit(1)
  if (!last) throw new Error(`request ${id} has no event`)
  return { code: 'moved_on', state, ...last }
}
