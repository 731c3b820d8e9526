import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { describeTarget, takeItsPlace } from '#db/backup/scratch-database.ts'
import { notedChecksum } from '#lib/backup/backup-files.ts'
import { readBackupSettings, readIdentities } from '#lib/backup/backup-settings.ts'
import { putPhotosBack } from '#lib/backup/put-photos-back.ts'
import { demandMeans } from '#lib/backup/restore-backup.ts'
import { verifyBackup } from '#lib/backup/verify-backup.ts'
import { showProgress } from './backup/progress.ts'
import { reachDatabase, startForNow } from './backup/reach-database.ts'
import { refill } from './backup/refill.ts'
import { readSettings, type StartSettings } from './start/settings.ts'
import { reasonOf, StartFailure } from './start/start-failure.ts'

// `npm run restore -- FILE [--to postgres://…] [--replace]`: fills the shop's database, or the one of --to, from a
// backup. The file is read and verified whole before anything is touched; the database is made under another name and
// gets its own when its counts, its ledger and every invariant were found right. A living one is replaced only with
// --replace, and is kept under a name that is told; --accept takes books that were not sound when they were backed up.
// Exit 1 when nothing was restored.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    to: { type: 'string' },
    replace: { type: 'boolean', default: false },
    accept: { type: 'boolean', default: false },
  },
})
if (existsSync('.env')) process.loadEnvFile('.env')
const progress = showProgress()

try {
  const [file] = positionals
  if (!file) throw new StartFailure('Say which backup: npm run restore -- FILE [--to postgres://…] [--replace]')
  if (!existsSync(file)) throw new StartFailure(`There is no ${file}.`)
  const settings = readSettings(values.to ? { ...process.env, DATABASE_URL: values.to } : process.env, [])
  const identities = readIdentities(readBackupSettings(process.env, settings.dataFolder).identityFile)
  const verified = await verifyBackup(file, {
    identities,
    expectedHash: notedChecksum(file),
    onPart: (part) => progress.tell(`reading ${part}`),
  })
  demandMeans(verified.contents)
  const { contents, manifest } = verified
  console.log(
    `${file} is whole: taken ${contents.takenAt}, ${manifest.parts.length} parts, by ${contents.dumpedBy ?? 'COPY'}.`,
  )

  const server = await reachServer(settings)
  try {
    const kept = await nameForTheLiving(server.url, values.replace)
    const making = beside(server.url, 'restoring')
    const source = { file, identities, verified, purchase: false }
    const { findings } = await refill(making, { ...source, onPart: (part) => progress.tell(`writing ${part}`) })
    for (const finding of findings.slice(0, 20)) console.error(`  ${finding}`)
    if (findings.length > 0 && !values.accept)
      throw new StartFailure(
        `every row arrived, but the books are not sound (${findings.length} findings). If they were not when the backup was made, say --accept.`,
      )
    const photos = await putPhotosBack(settings.photosFolder, { file, identities })
    await takeItsPlace(making, server.url, kept)
    const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0)
    console.log(`Restored into ${nameOf(server.url)} (${progress.end().toFixed(1)} s): ${rows} rows, every count as in the manifest,
the ledger ends with the same seal, every invariant holds. ${photos} photographs that were missing are in ${settings.photosFolder}.`)
    if (kept) console.log(`What was there before is kept as ${kept}; drop it when nobody needs it.`)
  } finally {
    await server.release()
  }
} catch (error) {
  progress.end()
  console.error(`Nothing was restored, nothing was changed: ${reasonOf(error)}`)
  process.exit(1)
}

/** An embedded server is started where the shop is down, also for a shop that has no data yet. */
async function reachServer(settings: StartSettings) {
  const reached = await reachDatabase(settings).catch((error: unknown) => {
    if (settings.databaseUrl !== null || !(error instanceof StartFailure)) throw error
    return startForNow(settings)
  })
  return reached
}

/** The name under which a living database is kept; null where none is. @throws when nobody said that it may be replaced. */
async function nameForTheLiving(url: string, replace: boolean): Promise<string | null> {
  const { living, sessions } = await describeTarget(url)
  if (!living) return null
  if (!replace)
    throw new StartFailure(`${nameOf(url)} is a living database: name another one with --to, or say --replace.`)
  if (sessions.length > 0)
    throw new StartFailure(`${nameOf(url)} is in use (${sessions.join(', ')}): stop the shop first.`)
  return nameOf(beside(url, `before_${new Date().toISOString().slice(0, 19).replace(/\D/g, '')}`))
}

function beside(url: string, suffix: string): string {
  const other = new URL(url)
  other.pathname = `${other.pathname.slice(0, 40)}_${suffix}`
  return other.href
}

function nameOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}
