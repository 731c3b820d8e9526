import 'server-only'
import { eq } from 'drizzle-orm'
import type { Fen } from '#lib/domain/money.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { type PROPOSAL_DECISIONS, refundProposals } from '../after-sales/schema.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import { findPayingAttempt } from '../payments/find-paying-attempt.ts'
import { lockBook } from '../payments/lock-book.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { type CarryOutError, carryOutRefund, decideStaffRefund } from './carry-out-refund.ts'
import { readWish } from './stored-wish.ts'

type Decision = (typeof PROPOSAL_DECISIONS)[number]
type Proposal = typeof refundProposals.$inferSelect

export type DecideProposalError =
  | CarryOutError
  | { readonly code: 'unknown_proposal' }
  /** Nobody agrees with themselves. */
  | { readonly code: 'same_person' }
  | { readonly code: 'decided_before'; readonly decision: Decision; readonly by: string; readonly at: Date }

type Decide = { readonly proposalId: string; readonly ip: string | null }

/**
 * The second person agrees with a refund above the limit: it starts. What is left by now decides as it did at first; a
 * refusal leaves the proposal open, to be declined.
 */
export async function approveProposal(
  permit: Permit<'refunds.approve'>,
  { proposalId, ip }: Decide,
  now: Date = new Date(),
): Promise<Result<{ readonly amount: Fen }, DecideProposalError>> {
  const by = staffActor(permit)
  return withOpenProposal(proposalId, async (tx, proposal, book) => {
    if (proposal.proposedBy === by) return err({ code: 'same_person' })
    const { requestId, orderId, reason, inputHash } = proposal
    const refund = { requestId, orderId, reason, wish: readWish(proposal.wish) }
    const decided = await decideStaffRefund(tx, book, refund, now)
    if (!decided.ok) return decided
    const { amount } = decided.value.plan
    await carryOutRefund(tx, book, decided.value, { ...refund, actor: proposal.proposedBy, inputHash, now })
    await writeDecision(tx, proposal, { decision: 'approved', by, action: permit.permission, ip, now })
    return ok({ amount })
  })
}

/** The second person does not agree, or who proposed it takes it back: nothing goes back. */
export async function dropProposal(
  permit: Permit<'refunds.approve'> | Permit<'refunds.request'>,
  { proposalId, ip }: Decide,
  now: Date = new Date(),
): Promise<Result<null, DecideProposalError>> {
  const by = staffActor(permit)
  return withOpenProposal(proposalId, async (tx, proposal) => {
    const own = proposal.proposedBy === by
    if (!own && permit.permission !== 'refunds.approve') return err({ code: 'unknown_proposal' })
    const decision = own ? 'withdrawn' : 'declined'
    await writeDecision(tx, proposal, { decision, by, action: permit.permission, ip, now })
    return ok(null)
  })
}

/** Of two who decide at the same time the second hears of the first. */
async function withOpenProposal<T>(
  proposalId: string,
  decide: (
    tx: Transaction,
    proposal: Proposal,
    book: Awaited<ReturnType<typeof lockBook>>,
  ) => Promise<Result<T, DecideProposalError>>,
): Promise<Result<T, DecideProposalError>> {
  const ofProposal = eq(refundProposals.id, proposalId)
  const [known] = await db.select({ orderId: refundProposals.orderId }).from(refundProposals).where(ofProposal)
  const attemptId = known ? await findPayingAttempt(known.orderId) : null
  if (attemptId === null) return err({ code: 'unknown_proposal' })
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const book = await lockBook(tx, eq(paymentAttempts.id, attemptId))
      const [proposal] = await tx.select().from(refundProposals).where(ofProposal)
      if (!proposal) return err({ code: 'unknown_proposal' })
      const { decision, decidedBy, decidedAt } = proposal
      if (decision && decidedBy && decidedAt)
        return err({ code: 'decided_before', decision, by: decidedBy, at: decidedAt })
      return decide(tx, proposal, book)
    }),
  )
}

async function writeDecision(
  tx: Transaction,
  { id, orderId, amountFen, proposedBy }: Proposal,
  { decision, by, action, ip, now }: { decision: Decision; by: string; action: string; ip: string | null; now: Date },
) {
  await tx.update(refundProposals).set({ decision, decidedBy: by, decidedAt: now }).where(eq(refundProposals.id, id))
  await appendAuditEntry(tx, {
    actor: by,
    action,
    about: { kind: 'order', id: orderId },
    after: { proposal: id, decision, amount: String(amountFen), proposedBy },
    ip,
  })
}
