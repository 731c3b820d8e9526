import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { listBackups, notedChecksum } from '#lib/backup/backup-files.ts'
import { readBackupSettings, readIdentities } from '#lib/backup/backup-settings.ts'
import { verifyBackup } from '#lib/backup/verify-backup.ts'
import { type DrillReport, drillReport } from './backup/drill-report.ts'
import { megabytes, showProgress } from './backup/progress.ts'
import { reachDatabase } from './backup/reach-database.ts'
import { refill } from './backup/refill.ts'
import { DATABASE, startEmbeddedPostgres } from './postgres/embedded-postgres.ts'
import { findFreePort } from './start/ports.ts'
import { readSettings } from './start/settings.ts'
import { reasonOf, StartFailure } from './start/start-failure.ts'

// `npm run drill [-- FILE]`: restores the last backup into a PostgreSQL of its own that goes afterwards, asks every
// invariant, buys and pays a piece, asks again, and writes a dated report. The shop goes on meanwhile. Exit 1 when the
// backup would not bring the shop back.

const { positionals } = parseArgs({ allowPositionals: true })
if (existsSync('.env')) process.loadEnvFile('.env')
const startedAt = new Date()
const progress = showProgress()
const settings = readSettings(process.env, [])

const report = await rehearse().catch(
  (error: unknown): DrillReport => ({
    startedAt,
    file: positionals[0] ?? null,
    failure: reasonOf(error),
  }),
)
progress.end()
const folder = join(settings.dataFolder, 'drills')
mkdirSync(folder, { recursive: true, mode: 0o700 })
const path = join(folder, `${startedAt.toISOString().slice(0, 19).replaceAll(':', '')}Z.md`)
writeFileSync(path, drillReport(report))
console.log(`${drillReport(report)}\n${path}`)
await note(report).catch((error: unknown) => console.error(`The drill could not be noted: ${reasonOf(error)}`))
process.exit(report.failure === null ? 0 : 1)

async function rehearse(): Promise<DrillReport> {
  const { folder: backups, identityFile } = readBackupSettings(process.env, settings.dataFolder)
  const file = positionals[0] ?? listBackups(backups)[0]?.path
  if (!file) throw new StartFailure(`There is no backup in ${backups}: make one with npm run backup.`)
  const identities = readIdentities(identityFile)
  const begun = performance.now()
  const verified = await verifyBackup(file, {
    identities,
    expectedHash: notedChecksum(file),
    onPart: (part) => progress.tell(`reading ${part}`),
  })
  const verifiedMs = performance.now() - begun
  const scratch = mkdtempSync(join(tmpdir(), 'comptoir-drill-'))
  try {
    const server = await startEmbeddedPostgres(scratch, await findFreePort(), { throwaway: true })
    try {
      const url = server.url.replace(`/${DATABASE}`, '/drill')
      const source = { file, identities, verified, purchase: true }
      const { findings, bought } = await refill(url, { ...source, onPart: (part) => progress.tell(`writing ${part}`) })
      const sound = findings.length === 0 && bought !== null
      return {
        startedAt,
        file,
        failure: sound ? null : `the restored books are not sound: ${findings.slice(0, 5).join('; ')}`,
        verified,
        bought,
        bytes: statSync(file).size,
        verifiedMs,
        totalMs: performance.now() - begun,
      }
    } finally {
      await server.stop()
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Beside the shop's other runs, so that a rule can ask how old the last good drill is. */
async function note(done: DrillReport): Promise<void> {
  const database = await reachDatabase(settings)
  process.env['DATABASE_URL'] = database.url
  const { noteRun } = await import('#db/backup/note-run.ts')
  const { sql } = await import('#db/client.ts')
  const { file } = done
  await noteRun(
    'bytes' in done && done.failure === null
      ? {
          kind: 'drill',
          startedAt,
          succeeded: true,
          file: path,
          bytes: BigInt(done.bytes),
          note: `restored ${file}, ${megabytes(done.bytes)}`,
        }
      : { kind: 'drill', startedAt, succeeded: false, note: done.failure ?? '' },
  ).finally(async () => {
    await sql.end({ timeout: 5 })
    await database.release()
  })
}
