import 'server-only'
import { ReadableStream as Readable } from 'node:stream/web'
import { Encrypter } from 'age-encryption'
import {
  countRows,
  listMigrations,
  listSequences,
  listTables,
  readLedgerHead,
  readQueueVersion,
} from '#db/backup/describe-database.ts'
import { copyOut, type Snapshot, takeSnapshot } from '#db/backup/take-snapshot.ts'
import {
  CONTENTS_PART,
  type Contents,
  dumpPart,
  FORMAT,
  MANIFEST_PART,
  type Manifest,
  rowsPart,
} from './backup-format.ts'
import { type PartList, packParts, partList } from './pack-parts.ts'
import { dump, findPgProgram, type PgProgram } from './pg-dump.ts'
import { photoParts } from './photo-parts.ts'
import { packTar, type TarEntry } from './tar.ts'
import { type WrittenFile, writeChecksum, writeWhole } from './write-file.ts'

export type Progress = { readonly part: string; readonly rows: number; readonly bytes: number }

export type BackupOrder = {
  readonly databaseUrl: string
  /** Who may open it: `age1…`. */
  readonly recipients: readonly string[]
  readonly file: string
  /** Where uploaded photographs lie; null leaves them out. */
  readonly photosFolder: string | null
  /** `copy` needs nothing but the database; `any` takes `pg_dump` where this machine has one that is new enough. */
  readonly way: 'any' | 'copy'
  readonly onProgress: (progress: Progress) => void
}

export type MadeBackup = WrittenFile & { readonly contents: Contents; readonly manifest: Manifest }

/** Writes the whole database as it is at one moment, and the photographs, into an encrypted file, in constant memory, while the shop goes on. */
export async function makeBackup(order: BackupOrder): Promise<MadeBackup> {
  return takeSnapshot(order.databaseUrl, async (snapshot) => {
    const serverMajor = Math.floor(snapshot.serverVersion / 10_000)
    const program = order.way === 'any' ? findPgProgram('pg_dump', serverMajor) : null
    const contents = await contentsOf(snapshot, program)
    const backup = { contents, manifest: null as Manifest | null }
    const parts = listParts(snapshot, {
      order,
      program,
      contents,
      onManifest: (manifest) => (backup.manifest = manifest),
    })
    const written = await writeWhole(order.file, await encrypt(packTar(parts), order.recipients))
    await writeChecksum(order.file, written.sha256)
    if (!backup.manifest) throw new Error('The backup ended without its manifest')
    return { ...written, contents, manifest: backup.manifest }
  })
}

async function contentsOf(snapshot: Snapshot, program: PgProgram | null): Promise<Contents> {
  const { tx, takenAt, database, serverVersion } = snapshot
  return {
    format: FORMAT,
    version: 1,
    way: program ? 'pg_dump' : 'copy',
    takenAt: takenAt.toISOString(),
    database,
    serverVersion,
    dumpedBy: program?.version ?? null,
    migrations: await listMigrations(tx),
    queueVersion: await readQueueVersion(tx),
    tables: await listTables(tx),
  }
}

type Listing = {
  readonly order: BackupOrder
  readonly program: PgProgram | null
  readonly contents: Contents
  readonly onManifest: (manifest: Manifest) => void
}

async function* listParts(snapshot: Snapshot, listing: Listing): AsyncGenerator<TarEntry> {
  const { order, program, contents, onManifest } = listing
  const list = partList()
  const rows: Record<string, number> = {}
  let bytes = 0
  const tell = (entry: TarEntry) => {
    bytes += entry.bytes.length
    order.onProgress({ part: entry.name, rows: Object.values(rows).reduce((sum, n) => sum + n, 0), bytes })
    return entry
  }
  yield list.add(CONTENTS_PART, json(contents))
  if (program) {
    Object.assign(
      rows,
      await countRows(
        snapshot.tx,
        contents.tables.map(({ name }) => name),
      ),
    )
    for await (const entry of dumpParts(snapshot, { program, list, databaseUrl: order.databaseUrl })) yield tell(entry)
  } else for await (const entry of tableParts(snapshot, { contents, list, rows })) yield tell(entry)
  if (order.photosFolder) for await (const photo of photoParts(order.photosFolder, list)) yield tell(photo)
  const manifest: Manifest = {
    parts: list.parts,
    rows,
    sequences: await listSequences(snapshot.tx),
    ledgerHead: await readLedgerHead(snapshot.tx),
  }
  onManifest(manifest)
  yield { name: MANIFEST_PART, bytes: json(manifest) }
}

type Tables = { readonly contents: Contents; readonly list: PartList; readonly rows: Record<string, number> }

async function* tableParts({ tx }: Snapshot, { contents, list, rows }: Tables): AsyncGenerator<TarEntry> {
  for (const table of contents.tables) {
    rows[table.name] = 0
    yield* packParts(copyOut(tx, table), {
      list,
      nameOf: (index) => rowsPart(table.name, index),
      onRows: (more) => {
        rows[table.name] = (rows[table.name] ?? 0) + more
      },
    })
  }
}

type Dump = { readonly program: PgProgram; readonly list: PartList; readonly databaseUrl: string }

const dumpParts = ({ id }: Snapshot, { program, list, databaseUrl }: Dump): AsyncGenerator<TarEntry> =>
  packParts(dump(program, databaseUrl, id), { list, nameOf: dumpPart, onRows: () => undefined })

async function encrypt(
  plain: AsyncIterable<Uint8Array>,
  recipients: readonly string[],
): Promise<AsyncIterable<Uint8Array>> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  // The types of the platform's streams and of Node's differ, the streams do not.
  const bytes = Readable.from(plain) as unknown as ReadableStream<Uint8Array>
  return (await encrypter.encrypt(bytes)) as unknown as AsyncIterable<Uint8Array>
}

const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`)
