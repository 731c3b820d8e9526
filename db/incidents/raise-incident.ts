import 'server-only'
import { sql as text } from 'drizzle-orm'
import { INCIDENT_KINDS, type Sighting } from '#lib/domain/risk/incident-kinds.ts'
import { db } from '../client.ts'
import { incidentSightings, incidentSteps, incidents } from './schema.ts'
import { tellOfIncident } from './tell-of-incident.ts'

/**
 * Takes in what was seen: opens an incident and has the operator told, or counts one more sighting of an open one. A
 * sighting that was counted before changes nothing, also when its incident is settled.
 * @returns the id of the incident that this very call opened, else null.
 */
export async function raiseIncident(seen: Sighting, now: Date): Promise<string | null> {
  return db.transaction(async (tx) => {
    const { kind, subject, occurrence, evidence, acted = false } = seen
    if (occurrence !== null) {
      // Two watchers at once wait for each other here.
      await tx.execute(text`select pg_advisory_xact_lock(hashtextextended(${`${kind} ${subject}`}, 0))`)
      const counted = await tx.$count(
        incidentSightings,
        text`kind = ${kind} and subject = ${subject} and occurrence = ${occurrence}`,
      )
      if (counted > 0) return null
    }
    const [incident] = await tx
      .insert(incidents)
      .values({ kind, subject, severity: INCIDENT_KINDS[kind].severity, evidence, openedAt: now, lastSeenAt: now })
      .onConflictDoUpdate({
        target: [incidents.kind, incidents.subject],
        targetWhere: text`settled_at is null and attempt_id is null`,
        set: {
          evidence,
          lastSeenAt: now,
          count: occurrence === null ? text`incidents.count` : text`incidents.count + 1`,
        },
      })
      .returning({ id: incidents.id, isNew: text<boolean>`xmax = 0` })
    if (!incident) throw new Error('a row that was inserted did not come back')
    if (occurrence !== null)
      await tx.insert(incidentSightings).values({ kind, subject, occurrence, incidentId: incident.id, seenAt: now })
    if (!incident.isNew) return null
    const steps = acted ? (['opened', 'acted'] as const) : (['opened'] as const)
    const incidentId = incident.id
    await tx.insert(incidentSteps).values(steps.map((step) => ({ incidentId, step, actor: 'system', at: now })))
    await tellOfIncident(tx, incident.id)
    return incident.id
  })
}
