import { statSync } from 'node:fs'
import { findLastRuns } from '#db/backup/find-last-runs.ts'
import { listBackups } from '#lib/backup/backup-files.ts'
import { megabytes } from './progress.ts'

/** The backups of a folder, and how each kind of run stands, in lines for a person. */
export async function listRuns(folder: string): Promise<string> {
  const files = listBackups(folder).map(({ path }) => `${path}  ${megabytes(statSync(path).size)}`)
  const runs = (await findLastRuns()).map(({ kind, succeededAt, failedAt, note }) => {
    const failed = failedAt ? `, FAILED ${failedAt.toISOString()}: ${note}` : ''
    return `Last good ${kind}: ${succeededAt?.toISOString() ?? 'never'}${failed}`
  })
  return [...(files.length > 0 ? files : [`No backup in ${folder}.`]), ...runs].join('\n')
}
