import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Manifest } from './backup-format.ts'
import type { TarEntry } from './tar.ts'

const pack = promisify(gzip)
/** Bytes of a part before it is compressed: enough to compress well, little enough to hold a few of them. */
const PART_BYTES = 4 * 1024 * 1024
const NEWLINE = 0x0a

/** Keeps the list of parts that the manifest must have. */
export function partList() {
  const parts: Manifest['parts'][number][] = []
  const add = (name: string, bytes: Uint8Array): TarEntry => {
    parts.push({ name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    return { name, bytes }
  }
  return { parts, add }
}
export type PartList = ReturnType<typeof partList>

/**
 * Cuts a stream into compressed parts, each a whole number of chunks; nothing for an empty stream.
 * @param nameOf the name of the n-th, from 1.
 * @param onRows told how many lines each part ends: in COPY's text format a line is a row, whatever a row holds.
 */
export async function* packParts(
  stream: AsyncIterable<Uint8Array>,
  { nameOf, list, onRows }: { nameOf: (index: number) => string; list: PartList; onRows: (rows: number) => void },
): AsyncGenerator<TarEntry> {
  let held: Uint8Array[] = []
  let length = 0
  let index = 0
  const cut = async () => {
    const raw = Buffer.concat(held)
    held = []
    length = 0
    index += 1
    onRows(countLines(raw))
    return list.add(nameOf(index), await pack(raw, { level: 3 }))
  }
  for await (const chunk of stream) {
    held.push(chunk)
    length += chunk.length
    if (length >= PART_BYTES) yield await cut()
  }
  if (length > 0) yield await cut()
}

export function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1
  return lines
}
