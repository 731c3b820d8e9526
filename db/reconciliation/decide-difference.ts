import 'server-only'
import { eq } from 'drizzle-orm'
import type { Account } from '#lib/domain/journal.ts'
import type { Fen } from '#lib/domain/money.ts'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, type Transaction } from '../client.ts'
import { bookJournal } from '../ledger/book-journal.ts'
import { billDifferences } from './schema.ts'
import { settleDifference } from './settle-difference.ts'

/** Why somebody decides so; it stays with the difference and in the log. */
export type Reasoned = { readonly reason: string; readonly ip: string }
export type Correction = { readonly debit: Account; readonly credit: Account; readonly amount: Fen }
export type DecideError = { readonly code: 'unknown' | 'settled_before' | 'same_account' | 'no_amount' }

type Row = typeof billDifferences.$inferSelect

/** Settles a difference that needs no booking: somebody found out what it is. */
export const explainDifference = (permit: Permit<'payments.reconcile'>, id: string, why: Reasoned) =>
  decide(permit, id, why, 'explained', async () => ({}))

/**
 * Settles a difference by a journal between two accounts that a person names: what the bill is right about and our book
 * has not. The order's own sums do not change by it.
 */
export async function correctDifference(
  permit: Permit<'payments.reconcile'>,
  id: string,
  correction: Correction,
  why: Reasoned,
): Promise<Result<null, DecideError>> {
  const { debit, credit, amount } = correction
  if (debit === credit) return err({ code: 'same_account' })
  if (amount <= 0n) return err({ code: 'no_amount' })
  return decide(permit, id, why, 'corrected', async (tx, { provider, orderId }) => {
    await bookJournal(
      tx,
      { kind: 'correction', ...correction },
      {
        source: { reference: `bill_difference:${id}` },
        orderId,
        provider,
        currency: 'CNY',
      },
    )
    return { debit, credit, amountFen: amount.toString() }
  })
}

/** One transaction: what is done about it, the difference settled once, the log. */
async function decide(
  permit: Permit<'payments.reconcile'>,
  id: string,
  { reason, ip }: Reasoned,
  resolution: 'explained' | 'corrected',
  act: (tx: Transaction, difference: Row) => Promise<object>,
): Promise<Result<null, DecideError>> {
  const actor = staffActor(permit)
  return db.transaction(async (tx) => {
    const [difference] = await tx.select().from(billDifferences).where(eq(billDifferences.id, id)).for('update')
    if (!difference) return err({ code: 'unknown' })
    if (difference.state === 'settled') return err({ code: 'settled_before' })
    const done = await act(tx, difference)
    await settleDifference(id, { by: actor, resolution, note: reason }, new Date(), tx)
    await appendAuditEntry(tx, {
      actor,
      action: 'payments.reconcile',
      about: { kind: 'difference', id },
      before: { state: difference.state, finding: difference.finding },
      after: { resolution, ...done },
      reason,
      ip,
    })
    return ok(null)
  })
}
