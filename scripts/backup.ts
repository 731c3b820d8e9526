import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { megabytes, showProgress } from './backup/progress.ts'
import { reachDatabase } from './backup/reach-database.ts'
import { readSettings } from './start/settings.ts'
import { reasonOf } from './start/start-failure.ts'

// Writes an encrypted backup of the whole database beside the running shop: `npm run backup`. `--way copy` leaves
// pg_dump aside where there is one; `--to FILE` writes it elsewhere and deletes no old one. Exit 1 when there is none.
// `--list` only tells which there are, and how old the last good backup and drill are.

const { values } = parseArgs({
  options: {
    way: { type: 'string', default: 'any' },
    to: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
})
if (existsSync('.env')) process.loadEnvFile('.env')
const startedAt = new Date()
const progress = showProgress()

try {
  if (values.way !== 'any' && values.way !== 'copy') throw new Error('--way must be copy, or left out.')
  const settings = readSettings(process.env, [])
  const database = await reachDatabase(settings)
  // The client reads its setting when it is loaded.
  process.env['DATABASE_URL'] = database.url
  const { findRecipients, readBackupSettings } = await import('#lib/backup/backup-settings.ts')
  const { backupPath, prepareFolder, pruneBackups } = await import('#lib/backup/backup-files.ts')
  const { makeBackup } = await import('#lib/backup/make-backup.ts')
  const { noteRun } = await import('#db/backup/note-run.ts')
  const { sql } = await import('#db/client.ts')
  if (values.list) {
    const { listRuns } = await import('./backup/list-runs.ts')
    console.log(await listRuns(readBackupSettings(process.env, settings.dataFolder).folder))
    await sql.end({ timeout: 5 })
    await database.release()
    process.exit(0)
  }
  try {
    const { folder, keep, ...keys } = readBackupSettings(process.env, settings.dataFolder)
    prepareFolder(folder, startedAt)
    const { recipients, made } = await findRecipients({ folder, keep, ...keys })
    const file = values.to ?? backupPath(folder, startedAt)
    const backup = await makeBackup({
      databaseUrl: database.url,
      recipients,
      file,
      way: values.way,
      photosFolder: settings.photosFolder,
      onProgress: ({ part, rows, bytes }) => progress.tell(`${part}: ${rows} rows, ${megabytes(bytes)}`),
    })
    const gone = values.to ? [] : pruneBackups(folder, keep, startedAt)
    const { contents, manifest, bytes, sha256 } = backup
    const way = contents.dumpedBy ?? 'COPY in one snapshot, tables by their migrations'
    await noteRun({ kind: 'backup', startedAt, succeeded: true, file, bytes: BigInt(bytes), note: way })
    const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0)
    const head = manifest.ledgerHead
    console.log(`${file}
  ${rows} rows of ${contents.tables.length} tables, ${megabytes(bytes)}, ${progress.end().toFixed(1)} s
  taken   ${contents.takenAt}
  by      ${way}
  ledger  ${head ? `sealed up to ${head.position}:${head.hash}` : 'not sealed yet'}
  SHA-256 ${sha256}`)
    for (const { path } of gone) console.log(`  deleted ${path}`)
    if (made)
      console.log(`
The key that opens it was made just now: ${keys.identityFile}
Copy it to a safe place away from this machine: without it nobody can restore, and here it protects nothing.`)
  } catch (error) {
    await noteRun({ kind: 'backup', startedAt, succeeded: false, note: reasonOf(error) }).catch(() => undefined)
    throw error
  } finally {
    await sql.end({ timeout: 5 })
    await database.release()
  }
} catch (error) {
  progress.end()
  console.error(`No backup was made (${reasonOf(error)}). Older ones are as they were.`)
  process.exit(1)
}
