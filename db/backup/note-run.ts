import 'server-only'
import type { BackupRunKind } from '#lib/domain/backup-runs.ts'
import { db } from '../client.ts'
import { backupRuns } from './schema.ts'

export type BackupRun = {
  readonly kind: BackupRunKind
  readonly startedAt: Date
  readonly note: string
} & ({ readonly succeeded: true; readonly file: string; readonly bytes: bigint } | { readonly succeeded: false })

/** Notes a run that has just come to its end. */
export async function noteRun(run: BackupRun): Promise<void> {
  await db.insert(backupRuns).values({ ...run, finishedAt: new Date() })
}
