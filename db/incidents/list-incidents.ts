import 'server-only'
import { asc, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Permit } from '#lib/domain/permissions.ts'
import { db } from '../client.ts'
import { incidentCalls, incidentSteps, incidents } from './schema.ts'

export type ListedIncident = Awaited<ReturnType<typeof listIncidents>>[number]

const BY_SEVERITY = sql`array_position(array['high', 'medium', 'low'], ${incidents.severity})`

/** Open ones, the gravest first, or the last settled ones; at most `limit`. */
export const listIncidents = (
  _permit: Permit<'incidents.read'>,
  { open, limit = 100 }: { readonly open: boolean; readonly limit?: number },
) =>
  open
    ? db
        .select()
        .from(incidents)
        .where(isNull(incidents.settledAt))
        .orderBy(BY_SEVERITY, desc(incidents.lastSeenAt))
        .limit(limit)
    : db
        .select()
        .from(incidents)
        .where(sql`${incidents.settledAt} is not null`)
        .orderBy(desc(incidents.settledAt))
        .limit(limit)

/** One incident with its history and who was told. Null for one that is not there. */
export async function readIncident(_permit: Permit<'incidents.read'>, id: string) {
  const [incident] = await db.select().from(incidents).where(eq(incidents.id, id))
  if (!incident) return null
  const [steps, calls] = await Promise.all([
    db.select().from(incidentSteps).where(eq(incidentSteps.incidentId, id)).orderBy(asc(incidentSteps.id)),
    db.select().from(incidentCalls).where(eq(incidentCalls.incidentId, id)).orderBy(asc(incidentCalls.id)),
  ])
  return { ...incident, steps, calls }
}
