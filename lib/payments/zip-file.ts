import { crc32, inflateRawSync } from 'node:zlib'
import { err, ok, type Result } from '../result.ts'

export type ZipEntry = { readonly name: Uint8Array; readonly content: Uint8Array }
export type ZipError = { readonly code: 'bad_zip'; readonly reason: string }

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
const [STORED, DEFLATED] = [0, 8]
const MAX_ENTRIES = 1000

class BadZip extends Error {}

/**
 * The files in a ZIP as gateways send it: stored or deflated, no ZIP64, no passwords. Names stay bytes, since Alipay
 * writes them in GBK without saying so.
 * @param maxBytes what all contents together may unpack to.
 */
export function readZip(zip: Uint8Array, maxBytes: number): Result<readonly ZipEntry[], ZipError> {
  try {
    return ok(readEntries(Buffer.from(zip.buffer, zip.byteOffset, zip.length), maxBytes))
  } catch (error) {
    // What is cut short or damaged makes the reads and zlib throw; which of them it was does not matter.
    return err({ code: 'bad_zip', reason: error instanceof BadZip ? error.message : 'the archive is damaged' })
  }
}

function readEntries(zip: Buffer, maxBytes: number): ZipEntry[] {
  const end = findEnd(zip)
  const count = zip.readUInt16LE(end + 10)
  if (count > MAX_ENTRIES) throw new BadZip('the archive has too many files')
  const entries: ZipEntry[] = []
  let at = zip.readUInt32LE(end + 16)
  let left = maxBytes
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new BadZip('the directory of the archive is damaged')
    const nameLength = zip.readUInt16LE(at + 28)
    const content = readContent(zip, at, left)
    entries.push({ name: zip.subarray(at + 46, at + 46 + nameLength), content })
    left -= content.length
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

/** The end record may be followed by a comment of up to 64 KiB. */
function findEnd(zip: Buffer): number {
  for (let at = zip.length - 22; at >= Math.max(0, zip.length - 65_557); at--) {
    if (zip.readUInt32LE(at) === END_OF_DIRECTORY) return at
  }
  throw new BadZip('it is not a ZIP archive')
}

/** Sizes are taken from the directory: the local header may leave them out. */
function readContent(zip: Buffer, entry: number, maxBytes: number): Buffer {
  const [method, crc] = [zip.readUInt16LE(entry + 10), zip.readUInt32LE(entry + 16)]
  const [packedSize, size] = [zip.readUInt32LE(entry + 20), zip.readUInt32LE(entry + 24)]
  const local = zip.readUInt32LE(entry + 42)
  if (size > maxBytes) throw new BadZip('the archive unpacks to too much')
  if (zip.readUInt32LE(local) !== LOCAL_ENTRY) throw new BadZip('a file of the archive is damaged')
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const packed = zip.subarray(start, start + packedSize)
  if (method !== STORED && method !== DEFLATED) throw new BadZip('a file is packed in an unknown way')
  const content = method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, size) })
  if (content.length !== size || crc32(content) !== crc) throw new BadZip('a file of the archive is damaged')
  return content
}
