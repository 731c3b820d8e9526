import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { retryConflicts } from '../retry-conflicts.ts'
import { lockBook } from './lock-book.ts'
import { type INCIDENT_ACTS, incidentActs, paymentAttempts, paymentIncidents } from './schema.ts'
import { updatePaymentState } from './update-payment-state.ts'

export type WorkIncident = {
  readonly id: string
  readonly act: (typeof INCIDENT_ACTS)[number]
  /** What was found or done; needed to settle. */
  readonly words: string | null
  readonly ip: string
}
export type WorkIncidentError = { readonly code: 'unknown' | 'settled_before' | 'no_reason' }

/**
 * Takes an incident, notes something about it or settles it, once: of two who settle it at the same time the second is
 * told. A payment that was in review for it is what its sums make it again. No money moves by it.
 */
export async function workIncident(
  permit: Permit<'incidents.work'>,
  { id, act, words, ip }: WorkIncident,
): Promise<Result<null, WorkIncidentError>> {
  if (act !== 'taken' && !words) return err({ code: 'no_reason' })
  return retryConflicts(() =>
    db.transaction(async (tx) => {
      const [known] = await tx.select().from(paymentIncidents).where(eq(paymentIncidents.id, id))
      if (!known) return err({ code: 'unknown' })
      const book = await lockBook(tx, eq(paymentAttempts.id, known.attemptId))
      const settledAt = act === 'settled' ? new Date() : null
      const [open] = await tx
        .update(paymentIncidents)
        .set({ settledAt })
        .where(and(eq(paymentIncidents.id, id), isNull(paymentIncidents.settledAt)))
        .returning({ id: paymentIncidents.id })
      if (!open) return err({ code: 'settled_before' })

      const actor = staffActor(permit)
      await tx.insert(incidentActs).values({ incidentId: id, act, actor, name: permit.name, words })
      if (settledAt) await updatePaymentState(tx, book, { event: 'incident_settled', actor, reason: words })
      await appendAuditEntry(tx, {
        actor,
        action: 'incidents.work',
        about: { kind: 'incident', id },
        before: { state: 'open' },
        after: { act, kind: known.kind, event: known.eventId },
        reason: words,
        ip,
      })
      return ok(null)
    }),
  )
}
