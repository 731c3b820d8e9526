import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { z } from 'zod'
import { CONTENTS_PART, Contents, MANIFEST_PART, Manifest, tableOfPart } from './backup-format.ts'
import { DamagedBackup, openBackup } from './open-backup.ts'
import { countLines, partList } from './pack-parts.ts'

export const unpack = promisify(gunzip)

export type VerifiedBackup = {
  readonly contents: Contents
  readonly manifest: Manifest
  /** Of the whole encrypted file. */
  readonly sha256: string
}

type Options = {
  readonly identities: readonly string[]
  /** The SHA-256 that the file should have, where it is known. */
  readonly expectedHash?: string | null
  readonly onPart?: (name: string) => void
}

/**
 * Reads a whole backup and holds it against its own manifest: every part, its hash, every table's number of rows.
 * @throws {DamagedBackup} that names the part.
 */
export async function verifyBackup(
  file: string,
  { identities, expectedHash = null, onPart = () => undefined }: Options,
): Promise<VerifiedBackup> {
  const seen = partList()
  const rows: Record<string, number> = {}
  let contents: Contents | null = null
  let manifest: Manifest | null = null
  let sha256 = ''
  for await (const { name, bytes } of openBackup(file, identities, (hash) => (sha256 = hash))) {
    if (manifest) throw new DamagedBackup(`${file} is damaged at ${name}: it stands behind the manifest.`)
    onPart(name)
    if (name === MANIFEST_PART) manifest = parse(Manifest, { file, name, bytes })
    else if (contents === null)
      contents = name === CONTENTS_PART ? parse(Contents, { file, name, bytes }) : foreign(file, name)
    if (name !== MANIFEST_PART) seen.add(name, bytes)
    const table = tableOfPart(name)
    if (table) rows[table] = (rows[table] ?? 0) + countLines(await unpackPart(file, { name, bytes }))
  }
  if (!contents || !manifest)
    throw new DamagedBackup(`${file} is damaged: it has no ${contents ? MANIFEST_PART : CONTENTS_PART}.`)
  compareParts(file, seen.parts, manifest.parts)
  if (contents.way === 'copy') compareRows(file, rows, manifest.rows)
  if (expectedHash && expectedHash !== sha256)
    throw new DamagedBackup(`${file} is not the file that was written: its SHA-256 is ${sha256}, not ${expectedHash}.`)
  return { contents, manifest, sha256 }
}

type Part = { readonly file: string; readonly name: string; readonly bytes: Uint8Array }

function parse<T>(shape: z.ZodType<T>, { file, name, bytes }: Part): T {
  try {
    return shape.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch {
    throw new DamagedBackup(`${file} is damaged at ${name}, or was made by another version of the shop.`)
  }
}

function foreign(file: string, name: string): never {
  throw new DamagedBackup(`${file} is no backup of the shop: it begins with ${name}.`)
}

async function unpackPart(file: string, { name, bytes }: Omit<Part, 'file'>): Promise<Uint8Array> {
  return unpack(bytes).catch(() => {
    throw new DamagedBackup(`${file} is damaged at ${name}: it does not unpack.`)
  })
}

function compareParts(file: string, seen: Manifest['parts'], expected: Manifest['parts']): void {
  for (let at = 0; at < Math.max(seen.length, expected.length); at++) {
    const [is, should] = [seen[at], expected[at]]
    if (is?.name === should?.name && is?.sha256 === should?.sha256) continue
    throw new DamagedBackup(`${file} is damaged at ${should?.name ?? is?.name}: it is not the part that was written.`)
  }
}

function compareRows(file: string, seen: Readonly<Record<string, number>>, expected: Manifest['rows']): void {
  for (const [table, count] of Object.entries(expected))
    if ((seen[table] ?? 0) !== count)
      throw new DamagedBackup(`${file} is damaged at ${table}: ${seen[table] ?? 0} rows, not ${count}.`)
}
