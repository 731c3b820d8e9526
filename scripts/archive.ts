import { createPublicKey } from 'node:crypto'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { listMonths, pruneMonths, readArchiveSettings } from '#lib/archive/archive-folder.ts'
import { erasePersonal } from '#lib/archive/erase-personal.ts'
import { searchArchive } from '#lib/archive/search-archive.ts'
import { readPublicKeys, readSigningKey } from '#lib/archive/signing.ts'
import { oldestKept } from '#lib/domain/archive-month.ts'
import { showProgress } from './backup/progress.ts'
import { reachDatabase } from './backup/reach-database.ts'
import { readSettings } from './start/settings.ts'
import { reasonOf } from './start/start-failure.ts'

// `npm run archive`: exports every closed month that is not in the archive yet, and deletes what is older than it must be
// kept. `-- --order NUMBER` shows all that the archive has about an order, without a database; `-- --erase NUMBER` takes
// what is personal about it out of the archive. Exit 1 when it could not be done.

const { values } = parseArgs({ options: { order: { type: 'string' }, erase: { type: 'string' } } })
if (existsSync('.env')) process.loadEnvFile('.env')
const startedAt = new Date()
const progress = showProgress()

try {
  const settings = readSettings(process.env, [])
  const { folder, keepYears } = readArchiveSettings(process.env, settings.dataFolder)
  if (values.order) await show(folder, values.order)
  else if (values.erase) await erase(folder, values.erase)
  else await archive(folder, keepYears)
} catch (error) {
  progress.end()
  console.error(`The archive is as it was: ${reasonOf(error)}`)
  process.exit(1)
}

async function show(folder: string, order: string): Promise<void> {
  let found = 0
  for await (const { month, table, n, fields, told } of searchArchive(folder, order)) {
    found += 1
    console.log(`${month} ${table} ${n} ${JSON.stringify({ ...fields, ...told })}`)
  }
  console.log(`${found} rows about ${order} in ${listMonths(folder).length} months.`)
}

async function erase(folder: string, order: string): Promise<void> {
  const { dataFolder } = readSettings(process.env, [])
  const keys = {
    signingKey: readSigningKey(process.env, dataFolder).key,
    publicKeys: readPublicKeys(process.env, dataFolder),
  }
  const rows = await erasePersonal(folder, { order, ...keys, now: startedAt })
  console.log(`What was personal about ${order} is gone from ${rows} rows.`)
}

async function archive(folder: string, keepYears: number): Promise<void> {
  const settings = readSettings(process.env, [])
  const { key, made } = readSigningKey(process.env, settings.dataFolder)
  const database = await reachDatabase(settings)
  process.env['DATABASE_URL'] = database.url
  const { archiveMonths } = await import('#lib/archive/archive-months.ts')
  const { noteRun } = await import('#db/backup/note-run.ts')
  const { sql } = await import('#db/client.ts')
  try {
    const months = await archiveMonths({
      databaseUrl: database.url,
      folder,
      signingKey: key,
      publicKeys: [
        createPublicKey(key),
        ...(listMonths(folder).length > 0 ? readPublicKeys(process.env, settings.dataFolder) : []),
      ],
      now: startedAt,
      onProgress: (month, table, rows) => progress.tell(`${month} ${table}: ${rows} rows`),
    })
    const gone = pruneMonths(folder, oldestKept(startedAt, keepYears))
    const note = months.length > 0 ? `up to ${months.at(-1)?.month}` : 'no month was closed since'
    await noteRun({ kind: 'archive', startedAt, succeeded: true, file: folder, bytes: 0n, note })
    const seconds = progress.end().toFixed(1)
    for (const { month, rows } of months) console.log(`${month}: ${rows} rows`)
    console.log(
      `${months.length} months exported to ${folder} (${seconds} s), ${gone.length} deleted after ${keepYears} years.`,
    )
    if (made)
      console.log(
        'The key that signs it was made just now: put a copy of its public half, keys/archive-public.pem, in a safe place.',
      )
  } catch (error) {
    await noteRun({ kind: 'archive', startedAt, succeeded: false, note: reasonOf(error) }).catch(() => undefined)
    throw error
  } finally {
    await sql.end({ timeout: 5 })
    await database.release()
  }
}
