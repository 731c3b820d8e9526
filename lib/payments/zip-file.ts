import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { DamagedFile } from './damaged-file.ts'

export type ZipEntry = {
  readonly name: Uint8Array
  readonly size: number
  readonly packedSize: number
  readonly method: number
  readonly crc: number
  readonly localHeaderAt: number
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
const LOCAL_HEADER_BYTES = 30
const [STORED, DEFLATED] = [0, 8]
const MAX_ENTRIES = 1000
const MAX_DIRECTORY_BYTES = 1_048_576

/**
 * What is in a ZIP as gateways send it: stored or deflated, no ZIP64, no passwords. Names stay bytes, since Alipay
 * writes them in GBK without saying so.
 * @param maxBytes what all contents together may unpack to.
 * @throws {DamagedFile}
 */
export async function listZip(file: FileHandle, maxBytes: number): Promise<readonly ZipEntry[]> {
  const { size } = await file.stat()
  const end = findEnd(await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557)))
  const [directoryBytes, directoryAt] = [end.readUInt32LE(12), end.readUInt32LE(16)]
  if (end.readUInt16LE(10) > MAX_ENTRIES || directoryBytes > MAX_DIRECTORY_BYTES)
    throw new DamagedFile('the archive has too many files')
  const entries = readDirectory(await readAt(file, directoryAt, directoryBytes), end.readUInt16LE(10))
  if (entries.reduce((all, entry) => all + entry.size, 0) > maxBytes)
    throw new DamagedFile('the archive unpacks to too much')
  return entries
}

/**
 * The contents of one file of the archive, as they stream; length and checksum are compared at the end.
 * @throws {DamagedFile}
 */
export async function* unpackEntry(file: FileHandle, entry: ZipEntry): AsyncGenerator<Uint8Array, void, undefined> {
  let [length, crc] = [0, 0]
  try {
    for await (const chunk of await openContent(file, entry)) {
      length += chunk.length
      if (length > entry.size) throw new DamagedFile('a file of the archive is longer than it says')
      crc = crc32(chunk, crc)
      yield chunk
    }
  } catch (error) {
    throw isZlibError(error) ? new DamagedFile('a file of the archive is damaged', { cause: error }) : error
  }
  if (length !== entry.size || crc !== entry.crc) throw new DamagedFile('a file of the archive is damaged')
}

/** The end record may be followed by a comment of up to 64 KiB. */
function findEnd(tail: Buffer): Buffer {
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END_OF_DIRECTORY) return tail.subarray(at)
  }
  throw new DamagedFile('it is not a ZIP archive')
}

/** Sizes are taken from the directory: the local headers may leave them out. */
function readDirectory(directory: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = []
  for (let at = 0; entries.length < count; ) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== DIRECTORY_ENTRY)
      throw new DamagedFile('the directory of the archive is damaged')
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.subarray(at + 46, at + 46 + nameLength),
      size: directory.readUInt32LE(at + 24),
      packedSize: directory.readUInt32LE(at + 20),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      localHeaderAt: directory.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

async function openContent(file: FileHandle, entry: ZipEntry): Promise<AsyncIterable<Buffer>> {
  const { method, packedSize, localHeaderAt } = entry
  if (method !== STORED && method !== DEFLATED) throw new DamagedFile('a file is packed in an unknown way')
  const header = await readAt(file, localHeaderAt, LOCAL_HEADER_BYTES)
  if (header.readUInt32LE(0) !== LOCAL_ENTRY) throw new DamagedFile('a file of the archive is damaged')
  const start = localHeaderAt + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28)
  const packed = readChunks(file, start, packedSize)
  // Without a callback an error would be nobody's; the reader of the result is told of it as well.
  return method === STORED
    ? packed
    : pipeline(packed, createInflateRaw({ chunkSize: UNPACKED_CHUNK_BYTES }), () => undefined)
}

const CHUNK_BYTES = 65_536
/** Some thousand lines of a bill: less would be spent on waiting for each other. */
const UNPACKED_CHUNK_BYTES = 262_144

async function* readChunks(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer, void, undefined> {
  for (let at = start; at < start + length; at += CHUNK_BYTES)
    yield await readAt(file, at, Math.min(CHUNK_BYTES, start + length - at))
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position)
  if (bytesRead < length) throw new DamagedFile('the archive was cut short')
  return buffer
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')
