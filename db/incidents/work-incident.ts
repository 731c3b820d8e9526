import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db } from '../client.ts'
import { incidentSteps, incidents } from './schema.ts'

export type WorkIncident = {
  readonly incidentId: string
  /** `taken`: it is theirs now. `noted`: words for the others. `settled`: done, with what was done. */
  readonly step: 'taken' | 'noted' | 'settled'
  readonly note: string | null
}

/** One step of a person at an incident; refused where somebody has settled it meanwhile. */
export async function workIncident(
  permit: Permit<'incidents.work'>,
  { incidentId, step, note }: WorkIncident,
  now: Date = new Date(),
): Promise<Result<null, { readonly code: 'not_open' }>> {
  return db.transaction(async (tx) => {
    const [incident] = await tx
      .select()
      .from(incidents)
      .where(and(eq(incidents.id, incidentId), isNull(incidents.settledAt)))
      .for('update')
    if (!incident) return err({ code: 'not_open' as const })
    const owner = step === 'taken' ? permit.staffId : incident.owner
    const settledAt = step === 'settled' ? now : null
    await tx.update(incidents).set({ owner, settledAt }).where(eq(incidents.id, incidentId))
    const actor = staffActor(permit)
    await tx.insert(incidentSteps).values({ incidentId, step, actor, note, at: now })
    await appendAuditEntry(tx, {
      actor,
      action: 'incidents.work',
      about: { kind: 'incident', id: incidentId },
      before: { owner: incident.owner },
      after: { owner, step },
      reason: note,
    })
    return ok(null)
  })
}
