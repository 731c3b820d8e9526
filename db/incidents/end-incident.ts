import 'server-only'
import { and, eq, isNull } from 'drizzle-orm'
import type { IncidentKind } from '#lib/domain/risk/incident-kinds.ts'
import type { Transaction } from '../client.ts'
import { incidentSteps, incidents } from './schema.ts'

/** Ends the incident of an act of the shop that somebody has undone. */
export async function endIncident(
  tx: Transaction,
  ended: { readonly kind: IncidentKind; readonly subject: string; readonly actor: string; readonly note: string },
  now: Date,
): Promise<void> {
  const { kind, subject, actor, note } = ended
  const settled = await tx
    .update(incidents)
    .set({ settledAt: now })
    .where(and(eq(incidents.kind, kind), eq(incidents.subject, subject), isNull(incidents.settledAt)))
    .returning({ incidentId: incidents.id })
  if (settled.length > 0)
    await tx
      .insert(incidentSteps)
      .values(settled.map((incident) => ({ ...incident, step: 'undone' as const, actor, note, at: now })))
}
