import 'server-only'
import { sql } from 'drizzle-orm'
import type { BackupRunKind } from '#lib/domain/backup-runs.ts'
import { db } from '../client.ts'

export type LastRun = {
  readonly kind: BackupRunKind
  /** When the last good one was ready; null before the first. */
  readonly succeededAt: Date | null
  /** When the last one failed, if no good one came after it. */
  readonly failedAt: Date | null
  readonly note: string
}

/** How each kind of run stands, for rules and people; a kind that never ran is missing. */
export async function findLastRuns(): Promise<LastRun[]> {
  const rows = await db.execute<{ kind: BackupRunKind; good: string | null; bad: string | null; note: string }>(sql`
    select kind, max(finished_at) filter (where succeeded) as good, max(finished_at) filter (where not succeeded) as bad,
      (array_agg(note order by finished_at desc))[1] as note
    from backup_runs group by kind order by kind`)
  return rows.map(({ kind, good, bad, note }) => {
    const [succeededAt, failedAt] = [good ? new Date(good) : null, bad ? new Date(bad) : null]
    return { kind, succeededAt, failedAt: failedAt && (!succeededAt || failedAt > succeededAt) ? failedAt : null, note }
  })
}
