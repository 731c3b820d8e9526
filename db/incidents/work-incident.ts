import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { lockBook } from '../payments/lock-book.ts'
import { paymentAttempts } from '../payments/schema.ts'
import { updatePaymentState } from '../payments/update-payment-state.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { incidentSteps, incidents } from './schema.ts'

export type WorkIncident = {
  readonly incidentId: string
  /** `taken`: it is theirs now. `noted`: words for the others. `settled`: done, with what was done. */
  readonly step: 'taken' | 'noted' | 'settled'
  /** What was found or done; needed to note and to settle. */
  readonly note: string | null
  readonly ip: string | null
}

/** `not_open`: unknown, or settled by somebody meanwhile. */
export type WorkIncidentError = { readonly code: 'not_open' | 'no_reason' }

/**
 * One step of a person at an incident: of two who settle it at the same time the second is told. A payment that was in
 * review for it is what its sums make it again. No money moves by it.
 */
export async function workIncident(
  permit: Permit<'incidents.work'>,
  { incidentId, step, note, ip }: WorkIncident,
  now: Date = new Date(),
): Promise<Result<null, WorkIncidentError>> {
  if (step !== 'taken' && !note) return err({ code: 'no_reason' })
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const thisOne = eq(incidents.id, incidentId)
      const [known] = await tx.select().from(incidents).where(thisOne)
      if (!known) return err({ code: 'not_open' as const })
      // Payments are locked before what is about them, by everybody.
      const book = known.attemptId ? await lockBook(tx, eq(paymentAttempts.id, known.attemptId)) : null
      const owner = step === 'taken' ? permit.staffId : known.owner
      const settledAt = step === 'settled' ? now : null
      const [open] = await tx
        .update(incidents)
        .set({ owner, settledAt })
        .where(and(thisOne, isNull(incidents.settledAt)))
        .returning({ id: incidents.id })
      if (!open) return err({ code: 'not_open' as const })

      const actor = staffActor(permit)
      await tx.insert(incidentSteps).values({ incidentId, step, actor, note, at: now })
      if (book && settledAt) await updatePaymentState(tx, book, { event: 'incident_settled', actor, reason: note })
      await appendAuditEntry(tx, {
        actor,
        action: 'incidents.work',
        about: { kind: 'incident', id: incidentId },
        before: { owner: known.owner },
        after: { owner, step, kind: known.kind, subject: known.subject },
        reason: note,
        ip,
      })
      return ok(null)
    }),
  )
}
