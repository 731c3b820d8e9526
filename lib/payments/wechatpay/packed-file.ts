import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { DamagedFile } from '../damaged-file.ts'

/** Ten million lines. */
const MAX_PLAIN_BYTES = 2 ** 31
const CHUNK_BYTES = 65_536

/**
 * The bytes of a file that may be packed by gzip, as they unpack. It is told by its first bytes: a proxy on the way may
 * have unpacked it.
 * @throws {DamagedFile} when it is cut short, altered or unpacks to more than anybody needs.
 */
export async function* unpackFile(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path)
  try {
    const { buffer: start, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    const isPacked = bytesRead === 2 && start.readUInt16BE(0) === 0x1f8b
    const stored = file.createReadStream({ start: 0, autoClose: false, highWaterMark: CHUNK_BYTES })
    // Without a callback an error would be nobody's; the reader of the result is told of it as well.
    const plain: AsyncIterable<Uint8Array> = isPacked ? pipeline(stored, createGunzip(), () => undefined) : stored
    let length = 0
    try {
      for await (const chunk of plain) {
        length += chunk.length
        if (length > MAX_PLAIN_BYTES) throw new DamagedFile('the bill is too long')
        yield chunk
      }
    } catch (error) {
      if (isZlibError(error)) throw new DamagedFile('the archive is cut short or damaged')
      throw error
    }
  } finally {
    await file.close()
  }
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_')
