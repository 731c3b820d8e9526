import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, pgTable, text } from 'drizzle-orm/pg-core'
import { BACKUP_RUNS } from '#lib/domain/backup-runs.ts'
import { instant, isOneOf } from '../columns.ts'

/**
 * Each backup, drill and archive that ran to its end, good or bad: written by the commands, read by whoever asks how old
 * the last good one is. A run that was killed has no row.
 */
export const backupRuns = pgTable(
  'backup_runs',
  {
    id: bigint({ mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text({ enum: BACKUP_RUNS }).notNull(),
    succeeded: boolean().notNull(),
    /** What was written; null when it failed. */
    file: text(),
    bytes: bigint({ mode: 'bigint' }),
    /** What a person should know of it: the way taken, or the reason why it failed. */
    note: text().notNull(),
    startedAt: instant().notNull(),
    finishedAt: instant().notNull(),
  },
  (t) => [
    index('backup_runs_kind').on(t.kind, t.finishedAt.desc()),
    check('backup_runs_kind_known', isOneOf(t.kind, BACKUP_RUNS)),
    check('backup_runs_file', sql`not ${t.succeeded} or ${t.file} is not null`),
  ],
)
