import 'server-only'
import { and, eq, gt, isNull, lt, sql as text } from 'drizzle-orm'
import { type Permit, staffActor } from '#lib/domain/permissions.ts'
import { isAbusive, SLOW_DOWN, type SourceFacts } from '#lib/domain/risk/source-rules.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { appendAuditEntry } from '../audit-log/append-audit-entry.ts'
import { db, sql } from '../client.ts'
import { endIncident } from '../incidents/end-incident.ts'
import { raiseIncident } from '../incidents/raise-incident.ts'
import { limitRefusals, slowedSources } from './schema.ts'

const slowed = (now: Date) => and(gt(slowedSources.until, now), isNull(slowedSources.endedBy))

/** The addresses that are slowed down now. */
export async function listSlowedSources(now: Date = new Date()): Promise<readonly string[]> {
  const rows = await db.select({ source: slowedSources.source }).from(slowedSources).where(slowed(now))
  return rows.map(({ source }) => source)
}

/**
 * Slows down who goes on where they were turned away: the row, its line in the audit log, and an incident. Forgets what
 * is too old to matter. @returns the addresses that are slowed down from now on.
 */
export async function slowAbusiveSources(now: Date): Promise<string[]> {
  const at = now.toISOString()
  const rows = await sql<SourceFacts[]>`
    select source, count(*)::int as refusals, count(distinct limit_name)::int as limits from limit_refusals
    where at > ${at}::timestamptz - interval '10 min'
      and at > coalesce((select max(slowed_at) from slowed_sources where source = limit_refusals.source), '-infinity')
    group by source`
  const added: string[] = []
  for (const facts of rows.filter(isAbusive)) if (await slowDown(facts, now)) added.push(facts.source)
  await db.delete(limitRefusals).where(lt(limitRefusals.at, text`${at}::timestamptz - interval '1 hour'`))
  await db.delete(slowedSources).where(lt(slowedSources.until, text`${at}::timestamptz - interval '30 days'`))
  return added
}

async function slowDown({ source, refusals, limits }: SourceFacts, now: Date): Promise<boolean> {
  const until = new Date(now.getTime() + SLOW_DOWN.forMs)
  const isNew = await db.transaction(async (tx) => {
    await tx.execute(text`select pg_advisory_xact_lock(hashtextextended(${`slow ${source}`}, 0))`)
    const known = await tx.$count(slowedSources, and(eq(slowedSources.source, source), slowed(now)))
    if (known > 0) return false
    await tx.insert(slowedSources).values({ source, refusals, slowedAt: now, until })
    const about = { kind: 'source', id: source }
    await appendAuditEntry(tx, { actor: 'system', action: 'source.slowed', about, after: { refusals, limits, until } })
    return true
  })
  if (!isNew) return false
  const evidence = { address: source, refusals, limits, until: until.toISOString() }
  await raiseIncident(
    { kind: 'source_slowed', subject: `source:${source}`, occurrence: at(now), evidence, acted: true },
    now,
  )
  return true
}

const at = (now: Date) => now.toISOString()

/** Ends a slow-down before its time, by a person who has looked. */
export async function releaseSource(
  permit: Permit<'incidents.work'>,
  { source, note, ip }: { readonly source: string; readonly note: string; readonly ip: string | null },
  now: Date = new Date(),
): Promise<Result<null, { readonly code: 'not_slowed' }>> {
  return db.transaction(async (tx) => {
    const actor = staffActor(permit)
    const ended = await tx
      .update(slowedSources)
      .set({ endedBy: actor })
      .where(and(eq(slowedSources.source, source), slowed(now)))
      .returning({ id: slowedSources.id })
    if (ended.length === 0) return err({ code: 'not_slowed' as const })
    await endIncident(tx, { kind: 'source_slowed', subject: `source:${source}`, actor, note }, now)
    const about = { kind: 'source', id: source }
    await appendAuditEntry(tx, { actor, action: 'source.released', about, reason: note, ip })
    return ok(null)
  })
}
