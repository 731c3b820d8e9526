import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { Decrypter } from 'age-encryption'
import { BrokenTar, type TarEntry, unpackTar } from './tar.ts'

/** A file that is not, or no longer, what `npm run backup` wrote. The message names the part. */
export class DamagedBackup extends Error {}

/**
 * A chunk of age with its tag. Read in these, a damaged one is met when all before it were handed out: a stream that fails
 * drops what waits in it, and the part that is named would be an earlier one.
 */
const AGE_CHUNK = 64 * 1024 + 16

/** What age says when none of our keys opens the file. */
const NOT_FOR_US = 'no identity matched'

/**
 * The parts of a backup, decrypted as they are read; every byte of the file is authenticated before it is handed out.
 * @param onFileHash told the SHA-256 of the whole file once it was read to its end.
 * @throws {DamagedBackup} that names the part, for a damaged, cut or foreign file and for the wrong key.
 */
export async function* openBackup(
  file: string,
  identities: readonly string[],
  onFileHash: (sha256: string) => void = () => undefined,
): AsyncGenerator<TarEntry> {
  const hash = createHash('sha256')
  const opened = await openAge(file, identities, hash)
  let current = 'its beginning'
  try {
    yield* unpackTar(opened, (name) => {
      current = name
    })
  } catch (error) {
    if (error instanceof DamagedBackup || isOfTheSystem(error)) throw error
    const part = error instanceof BrokenTar ? error.part : current
    throw new DamagedBackup(
      `${file} is damaged at ${part}: ${error instanceof BrokenTar ? error.message : 'its bytes were changed or cut off'}.`,
    )
  }
  onFileHash(hash.digest('hex'))
}

async function openAge(file: string, identities: readonly string[], hash: Hash): Promise<AsyncIterable<Uint8Array>> {
  const decrypter = new Decrypter()
  for (const identity of identities) decrypter.addIdentity(identity)
  const handle = await open(file)
  try {
    return readAndClose(await decrypter.decrypt(readInChunks(handle, hash)), handle)
  } catch (error) {
    await handle.close()
    if (isOfTheSystem(error)) throw error
    const said = error instanceof Error ? error.message : String(error)
    throw new DamagedBackup(
      said.includes(NOT_FOR_US)
        ? `${file} is not for the key at hand: it was encrypted for another one, or its header is damaged.`
        : `${file} is damaged in its header, or no backup at all (${said}).`,
    )
  }
}

/** Reads as it is asked, and never ahead. */
const readInChunks = (handle: FileHandle, hash: Hash) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull: async (controller) => {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(AGE_CHUNK))
        if (bytesRead === 0) return controller.close()
        hash.update(buffer.subarray(0, bytesRead))
        controller.enqueue(buffer.subarray(0, bytesRead))
      },
    },
    { highWaterMark: 0 },
  )

async function* readAndClose(plain: ReadableStream<Uint8Array>, handle: FileHandle): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of plain as unknown as AsyncIterable<Uint8Array>) yield chunk
  } finally {
    await handle.close()
  }
}

/** A file that is not there or a disk that does not read is no damage of the backup. */
const isOfTheSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error
