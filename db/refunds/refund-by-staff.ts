import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import type { Fen } from '#lib/domain/money.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { needsSecondPerson } from '#lib/domain/refund-effects.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { refundProposals } from '../after-sales/schema.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import { findPayingAttempt } from '../payments/find-paying-attempt.ts'
import { lockBook } from '../payments/lock-book.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { readShopRules } from '../settings/read-shop-rules.ts'
import { type CarryOutError, carryOutRefund, decideStaffRefund, type StaffRefund } from './carry-out-refund.ts'
import { refundRequests } from './schema.ts'
import { storeWish } from './stored-wish.ts'
import { hashRefund } from './write-refund.ts'

export type StaffRefunded = {
  /** `proposed`: it waits for a second person. */
  readonly outcome: 'started' | 'proposed'
  readonly amount: Fen
  readonly repeated: boolean
}

export type RefundByStaffError =
  | CarryOutError
  /** No money came for the order, or there is none. */
  | { readonly code: 'not_paid' }
  /** Another refund under this id waits for a second person. */
  | { readonly code: 'waits_for_second'; readonly by: string; readonly at: Date }

/**
 * Gives money back as staff fill it in. Above the limit of the shop's rules, counted over all that goes back of the
 * order, it is only written down for a second person. One transaction under the payment's lock.
 */
export async function refundByStaff(
  permit: Permit<'refunds.request'>,
  refund: StaffRefund & { readonly ip: string | null },
  now: Date = new Date(),
): Promise<Result<StaffRefunded, RefundByStaffError>> {
  const actor = staffActor(permit)
  const attemptId = await findPayingAttempt(refund.orderId)
  if (attemptId === null) return err({ code: 'not_paid' })
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const book = await lockBook(tx, eq(paymentAttempts.id, attemptId))
      const inputHash = hashRefund({ ...refund, cause: 'staff' })
      const repeated = await findRepeat(tx, refund.requestId, inputHash)
      if (repeated) return repeated
      const decided = await decideStaffRefund(tx, book, refund, now)
      if (!decided.ok) return decided

      const { amount } = decided.value.plan
      const { refund_approval_fen: limit } = await readShopRules(tx)
      const outcome = needsSecondPerson(amount, decided.value.before, limit) ? 'proposed' : 'started'
      if (outcome === 'started') await carryOutRefund(tx, book, decided.value, { ...refund, actor, inputHash, now })
      else await propose(tx, refund, { actor, inputHash, amount, now })
      await appendAuditEntry(tx, {
        actor,
        action: permit.permission,
        about: { kind: 'order', id: refund.orderId },
        after: { outcome, amount: String(amount), wish: storeWish(refund.wish), request: refund.requestId },
        reason: refund.reason,
        ip: refund.ip,
      })
      return ok({ outcome, amount, repeated: false })
    }),
  )
}

/** The same id again: the same answer for the same wish. A shopper's request has another hash, and goes on. */
async function findRepeat(
  tx: Transaction,
  requestId: string,
  inputHash: Buffer,
): Promise<Result<StaffRefunded, RefundByStaffError> | null> {
  const [proposal] = await tx
    .select()
    .from(refundProposals)
    .where(and(eq(refundProposals.requestId, requestId), isNull(refundProposals.decision)))
  if (proposal && !proposal.inputHash.equals(inputHash))
    return err({ code: 'waits_for_second', by: proposal.proposedBy, at: proposal.proposedAt })
  if (proposal) return ok({ outcome: 'proposed', amount: proposal.amountFen, repeated: true })
  const [request] = await tx.select().from(refundRequests).where(eq(refundRequests.id, requestId))
  if (!request || request.cause === 'shopper') return null
  if (!request.inputHash.equals(inputHash)) return err({ code: 'other_input' })
  return ok({ outcome: 'started', amount: request.amountFen, repeated: true })
}

async function propose(
  tx: Transaction,
  { requestId, orderId, wish, reason }: StaffRefund,
  { actor, inputHash, amount, now }: { actor: string; inputHash: Buffer; amount: Fen; now: Date },
) {
  await tx.insert(refundProposals).values({
    requestId,
    orderId,
    wish: storeWish(wish),
    inputHash,
    amountFen: amount,
    reason,
    proposedBy: actor,
    proposedAt: now,
  })
}
