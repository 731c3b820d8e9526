import 'server-only'
import { and, eq, inArray, sum } from 'drizzle-orm'
import { type AfterSaleState, REFUNDING_STATES } from '#lib/domain/after-sale-state.ts'
import { decideRefund, type RefundPlan, type RefundRefusal, type RefundWish } from '#lib/domain/decide-refund.ts'
import { type Fen, toFen } from '#lib/domain/money.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type LockedRequest, lockRequest, type MovedOn, movedOn } from '../after-sales/lock-request.ts'
import type { Transaction } from '../client.ts'
import type { Book } from '../payments/lock-book.ts'
import { readRefundFacts } from './read-refund-facts.ts'
import { refundLines, refundRequests } from './schema.ts'
import { startRefund } from './start-refund.ts'
import { writeRefund } from './write-refund.ts'

/** A refund that staff fill in: of a shopper's request, whose lines are known, or of the order as it stands. */
export type StaffRefund = {
  /** The shopper's request, or a UUID that the page made. */
  readonly requestId: string
  readonly orderId: string
  readonly wish: RefundWish
  readonly reason: string | null
}

export type CarryOutError =
  | RefundRefusal
  | MovedOn
  /** This id gave something else back before. */
  | { readonly code: 'other_input' }
  /** Goods that stay with the shopper, or came back before, can't go on the shelf. */
  | { readonly code: 'nothing_to_restock' }

export type DecidedRefund = {
  readonly plan: RefundPlan
  /** Null for a refund that no shopper asked for. */
  readonly asked: LockedRequest | null
  /** What of the order goes back already by staff's or the shopper's wish. */
  readonly before: Fen
}

/** Whether a refund can be made now, and what it is made of. Under the locks of `lockBook`. */
export async function decideStaffRefund(
  tx: Transaction,
  book: Book,
  { requestId, orderId, wish }: StaffRefund,
  now: Date,
): Promise<Result<DecidedRefund, CarryOutError>> {
  const asked = await lockRequest(tx, requestId)
  if (asked && asked.request.orderId !== orderId) return err({ code: 'malformed' })
  if (asked && (asked.refundTried || !START_STATES.includes(asked.request.state)))
    return err(await movedOn(tx, asked.request))
  if (asked && wish.by === 'lines' && wish.restock && asked.asked.kind !== 'cancellation')
    return err({ code: 'nothing_to_restock' })
  const decided = decideRefund(await readRefundFacts(tx, book), wish, now)
  return decided.ok ? ok({ plan: decided.value, asked, before: await givenBack(tx, orderId) }) : decided
}

const START_STATES: readonly AfterSaleState[] = ['approved', 'goods_received']

async function givenBack(tx: Transaction, orderId: string): Promise<Fen> {
  const [row] = await tx
    .select({ amount: sum(refundRequests.amountFen) })
    .from(refundRequests)
    .where(
      and(
        eq(refundRequests.orderId, orderId),
        inArray(refundRequests.state, REFUNDING_STATES),
        inArray(refundRequests.cause, ['staff', 'shopper']),
      ),
    )
  return toFen(BigInt(row?.amount ?? 0))
}

/** Writes what was decided, and starts it. Under the same locks. */
export async function carryOutRefund(
  tx: Transaction,
  book: Book,
  { plan, asked }: DecidedRefund,
  refund: Omit<StaffRefund, 'wish'> & { readonly actor: string; readonly inputHash: Buffer; readonly now: Date },
): Promise<void> {
  if (asked) await startAsked(tx, book, asked, plan, refund)
  else await writeRefund(tx, book, { ...refund, cause: 'staff', plan })
}

/** The lines of a shopper's request stay what they are: what came back of them, or is not to be sent. */
async function startAsked(
  tx: Transaction,
  book: Book,
  { request }: LockedRequest,
  plan: RefundPlan,
  { actor, reason, now }: { actor: string; reason: string | null; now: Date },
): Promise<void> {
  const sums = {
    amountFen: plan.amount,
    goodsFen: plan.goods,
    discountFen: plan.discount,
    shippingFen: plan.shipping,
    restock: plan.restock,
  }
  const ofRequest = eq(refundLines.requestId, request.id)
  await tx.update(refundRequests).set(sums).where(eq(refundRequests.id, request.id))
  if (plan.restock) await tx.update(refundLines).set({ restocked: true }).where(ofRequest)
  const restock = plan.restock ? await tx.select().from(refundLines).where(ofRequest) : []
  await startRefund(tx, book, { ...request, ...sums }, { plan, restock, actor, reason, now })
}
