import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { PartList } from './pack-parts.ts'
import type { TarEntry } from './tar.ts'
import { isUnfinished, writeWhole } from './write-file.ts'

const PREFIX = 'photos/'
/** What the shop names its photographs; nothing else is read from a backup, least of all a way out of the folder. */
const PHOTO = /^photos\/(?:[\w-]{1,40}\/)?[\w-][\w.-]{0,98}$/

/**
 * Each photograph that staff and shoppers uploaded, one part each. To be read after the snapshot of the database was
 * taken: a photograph is written before the row that names it, so none that a row names is missing.
 */
export async function* photoParts(folder: string, list: PartList): AsyncGenerator<TarEntry> {
  if (!existsSync(folder)) return
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  for (const path of paths.toSorted()) {
    const name = PREFIX + relative(folder, path).split(sep).join('/')
    if (isUnfinished(name) || !PHOTO.test(name)) continue
    // One that was deleted meanwhile is nobody's any more.
    const bytes = await readFile(path).catch(() => null)
    if (bytes) yield list.add(name, bytes)
  }
}

/** Whether a part is a photograph. */
export const isPhotoPart = (name: string): boolean => PHOTO.test(name)

/** Puts a photograph of a backup back where it is missing; its name is given once, so one that is there is the same. */
export async function putPhotoBack(folder: string, { name, bytes }: TarEntry): Promise<boolean> {
  const path = join(folder, name.slice(PREFIX.length))
  if (existsSync(path)) return false
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeWhole(path, oneChunk(bytes))
  return true
}

async function* oneChunk(bytes: Uint8Array) {
  yield bytes
}
