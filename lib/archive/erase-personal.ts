import type { KeyObject } from 'node:crypto'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { listMonths } from './archive-folder.ts'
import { type GzipFile, readGzipLines, writeGzip } from './gzip-file.ts'
import { readPersonalNote, writePersonalNote } from './personal-note.ts'

type Erasing = {
  readonly order: string
  readonly signingKey: KeyObject
  readonly publicKeys: readonly KeyObject[]
  readonly now: Date
}

/**
 * Takes everything personal about an order out of the archive. Rows, sums and chain stay as they are: a row goes on
 * committing to what nobody can know any more, since the salt goes with it. That it was erased is signed.
 * @returns how many rows were told of.
 */
export async function erasePersonal(folder: string, erasing: Erasing): Promise<number> {
  let erased = 0
  for (const month of listMonths(folder)) erased += await eraseInMonth(join(folder, month), erasing)
  return erased
}

async function eraseInMonth(folder: string, { order, signingKey, publicKeys, now }: Erasing): Promise<number> {
  const note = readPersonalNote(folder, publicKeys)
  const files = { ...note.files }
  const rewritten: string[] = []
  let rows = 0
  for (const [name, before] of Object.entries(note.files)) {
    const { gone, ...file } = await eraseInFile(join(folder, name), order)
    if (gone === 0) continue
    rows += gone
    rewritten.push(join(folder, name))
    files[name] = { ...file, rows: before.rows - gone }
  }
  if (rows === 0) return 0
  for (const path of rewritten) renameSync(`${path}.unfinished`, path)
  const erased = [...note.erased, { order, at: now.toISOString(), rows }]
  writePersonalNote(folder, { ...note, files, erased }, signingKey)
  return rows
}

async function eraseInFile(path: string, order: string): Promise<GzipFile & { gone: number }> {
  const rest = writeGzip(`${path}.unfinished`)
  const file = readGzipLines(path)
  let gone = 0
  for await (const line of file.lines) {
    if ((JSON.parse(line) as { order: string | null }).order === order) gone += 1
    else await rest.write(`${line}\n`)
  }
  const written = await rest.close()
  if (file.broken() || gone === 0) rmSync(`${path}.unfinished`)
  if (file.broken()) throw new Error(`${path} cannot be unpacked (${file.broken()}), so nothing was erased from it`)
  return { gone, ...written }
}
