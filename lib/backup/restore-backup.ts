import 'server-only'
import { once } from 'node:events'
import postgres from 'postgres'
import {
  countRows,
  listMigrations,
  listTables,
  readLedgerHead,
  readQueueVersion,
} from '#db/backup/describe-database.ts'
import { copyIn, openForFilling, setSequences } from '#db/backup/fill-database.ts'
import { checkMigrations, migrateTo } from '#db/backup/migrate-to.ts'
import { type Contents, MANIFEST_PART, type Manifest, tableOfPart } from './backup-format.ts'
import { openBackup } from './open-backup.ts'
import { findPgProgram, type PgProgram, restoreDump } from './pg-dump.ts'
import { unpack, type VerifiedBackup } from './verify-backup.ts'

/** Something about a sound backup that keeps this machine or this release from restoring it; a sentence for a person. */
export class CannotRestore extends Error {}

type Source = { readonly file: string; readonly identities: readonly string[]; readonly verified: VerifiedBackup }
type Options = { readonly onPart: (name: string) => void }

/**
 * Fills an empty database with a verified backup and compares every count and the ledger's head with its manifest.
 * @throws {CannotRestore} before anything is touched, when this release or machine cannot; and when what arrived is not
 *   what the manifest says.
 */
export async function restoreBackup(databaseUrl: string, source: Source, { onPart }: Options): Promise<void> {
  const { contents, manifest } = source.verified
  const program = demandMeans(contents)
  if (program) await fillByProgram(databaseUrl, program, { source, onPart })
  else await fillByCopy(databaseUrl, { source, onPart })
  const differences = await compareWithManifest(databaseUrl, contents, manifest)
  if (differences.length > 0)
    throw new CannotRestore(`What was restored is not what was backed up: ${differences.join('; ')}.`)
}

/** @returns the `pg_restore` that it takes; null when it takes none. */
export function demandMeans({ way, dumpedBy, migrations }: Contents): PgProgram | null {
  const known = checkMigrations(migrations)
  if (!known.ok)
    throw new CannotRestore(
      known.error.code === 'newer'
        ? 'The backup was made by a newer release of the shop: restore it with that one.'
        : 'The backup is of a database with other tables: its migrations are not those of this shop.',
    )
  if (way === 'copy') return null
  const program = findPgProgram('pg_restore', Number(/\) (\d+)/.exec(dumpedBy ?? '')?.[1]))
  if (!program)
    throw new CannotRestore(`The backup was made by ${dumpedBy}: install a pg_restore of that version or a newer one.`)
  return program
}

type Filling = { readonly source: Source } & Options

async function fillByProgram(databaseUrl: string, program: PgProgram, { source, onPart }: Filling): Promise<void> {
  const { sink, ended } = restoreDump(program, databaseUrl)
  // What it does not take makes it end, and its own words say why.
  sink.on('error', () => undefined)
  for await (const { name, bytes } of openBackup(source.file, source.identities)) {
    if (!name.startsWith('pg_dump/') || sink.destroyed) continue
    onPart(name)
    if (!sink.write(await unpack(bytes))) await Promise.race([once(sink, 'drain'), ended])
  }
  sink.end()
  await ended
}

async function fillByCopy(databaseUrl: string, { source, onPart }: Filling): Promise<void> {
  const { contents, manifest } = source.verified
  await migrateTo(databaseUrl, contents.migrations.length)
  const sql = connect(databaseUrl)
  try {
    const queueVersion = await readQueueVersion(sql)
    if (queueVersion !== contents.queueVersion)
      throw new CannotRestore(
        `The backup has version ${contents.queueVersion} of the queue and this release makes ${queueVersion}: restore it with the release that made it.`,
      )
    await sql.begin(async (tx) => {
      const close = await openForFilling(tx, contents.tables)
      for await (const { name, bytes } of openBackup(source.file, source.identities)) {
        if (name === MANIFEST_PART) break
        const table = contents.tables.find((known) => known.name === tableOfPart(name))
        if (!table) continue
        onPart(name)
        await copyIn(tx, table, await unpack(bytes))
      }
      await setSequences(tx, manifest.sequences)
      await close()
    })
    await sql`analyze`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function compareWithManifest(databaseUrl: string, contents: Contents, manifest: Manifest): Promise<string[]> {
  const sql = connect(databaseUrl)
  try {
    const tables = (await listTables(sql)).map(({ name }) => name)
    const counts = await countRows(sql, tables)
    const head = await readLedgerHead(sql)
    const migrations = await listMigrations(sql)
    return [
      ...Object.entries(manifest.rows).flatMap(([table, rows]) =>
        counts[table] === rows ? [] : [`${table} has ${counts[table] ?? 'no'} rows, not ${rows}`],
      ),
      ...(JSON.stringify(head) === JSON.stringify(manifest.ledgerHead) ? [] : ['the ledger ends with another seal']),
      ...(migrations.join() === contents.migrations.join() ? [] : ['its migrations are others']),
    ]
  } finally {
    await sql.end({ timeout: 5 })
  }
}

const connect = (databaseUrl: string) =>
  postgres(databaseUrl, {
    max: 1,
    connect_timeout: 5,
    connection: { application_name: 'comptoir-restore', statement_timeout: 0 },
    onnotice: () => undefined,
  })
