import 'server-only'
import { eq } from 'drizzle-orm'
import { decideRefund, type RefundRefusal, type RefundWish, refundRest } from '#lib/domain/decide-refund.ts'
import { type Fen, sumFen } from '#lib/domain/money.ts'
import { needsSecondPerson, type RefundEffects, refundEffects } from '#lib/domain/refund-effects.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { db } from '../client.ts'
import { readGoods } from '../fulfilment/read-goods.ts'
import { orders } from '../orders/schema.ts'
import { findPayingAttempt } from '../payments/find-paying-attempt.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { readShopRules } from '../settings/read-shop-rules.ts'
import { readRefundFacts } from './read-refund-facts.ts'

export type RefundPreview = RefundEffects & {
  readonly provider: (typeof paymentAttempts.$inferSelect)['provider']
  readonly secondPerson: boolean
  readonly limit: Fen
}

/** What can still go back of an order, line by line; null when nothing was paid. */
export async function readRefundRest(orderId: string) {
  const found = await findRefundable(orderId)
  if (!found) return null
  const [facts, { lines: goods }] = await Promise.all([readRefundFacts(db, found), readGoods(db, orderId)])
  return { provider: found.attempt.provider, rest: refundRest(facts), goods }
}

/** What a refund would do by now, worked out by the rules that carry it out. Reads only, and promises nothing. */
export async function previewRefund(
  orderId: string,
  wish: RefundWish,
  now: Date = new Date(),
): Promise<Result<RefundPreview, RefundRefusal | { readonly code: 'not_paid' }>> {
  const found = await findRefundable(orderId)
  if (!found) return err({ code: 'not_paid' })
  const [facts, { lines: goods }, rules] = await Promise.all([
    readRefundFacts(db, found),
    readGoods(db, orderId),
    readShopRules(),
  ])
  const decided = decideRefund(facts, wish, now)
  if (!decided.ok) return decided
  const before = sumFen(facts.earlier.flatMap(({ goods: pieces, shipping }) => [pieces, shipping]))
  const limit = rules.refund_approval_fen
  return ok({
    ...refundEffects(decided.value, { goods, order: found.order }),
    provider: found.attempt.provider,
    secondPerson: needsSecondPerson(decided.value.amount, before, limit),
    limit,
  })
}

async function findRefundable(orderId: string) {
  const attemptId = await findPayingAttempt(orderId)
  if (attemptId === null) return null
  const [[order], [attempt]] = await Promise.all([
    db.select().from(orders).where(eq(orders.id, orderId)),
    db.select().from(paymentAttempts).where(eq(paymentAttempts.id, attemptId)),
  ])
  return order && attempt ? { order, attempt } : null
}
