import 'server-only'
import { and, inArray, isNull, lt } from 'drizzle-orm'
import { INCIDENT_KIND_NAMES, INCIDENT_KINDS } from '#lib/domain/risk/incident-kinds.ts'
import { db } from '../client.ts'
import { incidentSteps, incidents } from './schema.ts'

const PASSING = INCIDENT_KIND_NAMES.filter((kind) => INCIDENT_KINDS[kind].passes)

/** Settles what passes by itself and was not seen since `before`. @returns how many. */
export async function passIncidents(before: Date, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const passed = await tx
      .update(incidents)
      .set({ settledAt: now })
      .where(and(isNull(incidents.settledAt), inArray(incidents.kind, PASSING), lt(incidents.lastSeenAt, before)))
      .returning({ incidentId: incidents.id })
    if (passed.length > 0)
      await tx
        .insert(incidentSteps)
        .values(passed.map((incident) => ({ ...incident, step: 'passed' as const, actor: 'system', at: now })))
    return passed.length
  })
}
