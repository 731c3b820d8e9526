import { createHash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'

const UNFINISHED = '.unfinished'

export type WrittenFile = { readonly bytes: number; readonly sha256: string }

/**
 * Writes a file that is either whole or not there: under another name first, to the disk, then renamed. What a full disk
 * or a failing source leaves is removed; an older file of the name stays until then.
 */
export async function writeWhole(path: string, chunks: AsyncIterable<Uint8Array>): Promise<WrittenFile> {
  const unfinished = `${path}${UNFINISHED}`
  const file = await open(unfinished, 'w', 0o600)
  try {
    const written = await writeAll(file, chunks)
    await file.sync()
    await file.close()
    await rename(unfinished, path)
    await syncFolder(dirname(path))
    return written
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(unfinished, { force: true })
    throw error
  }
}

async function writeAll(file: FileHandle, chunks: AsyncIterable<Uint8Array>): Promise<WrittenFile> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of chunks) {
    hash.update(chunk)
    bytes += chunk.length
    await file.writeFile(chunk)
  }
  return { bytes, sha256: hash.digest('hex') }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** A line for `sha256sum --check`, which needs no key. */
export async function writeChecksum(path: string, sha256: string): Promise<void> {
  await writeWhole(`${path}.sha256`, oneChunk(`${sha256}  ${basename(path)}\n`))
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}

/** What a killed process left in the middle of writing. */
export const isUnfinished = (name: string): boolean => name.endsWith(UNFINISHED)
