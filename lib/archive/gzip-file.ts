import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

export type GzipFile = { readonly sha256: string; readonly bytes: number }
export type GzipSink = { readonly write: (text: string) => Promise<void>; readonly close: () => Promise<GzipFile> }

/** A compressed file that is written as it comes. A full disk makes `write` or `close` throw. */
export function writeGzip(path: string): GzipSink {
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  const gzip = createGzip({ level: 6 })
  const written = pipeline(gzip, measure, createWriteStream(path, { mode: 0o600, flush: true }))
  written.catch(() => undefined)
  return {
    write: async (text) => {
      if (!gzip.write(text)) await Promise.race([once(gzip, 'drain'), written])
    },
    close: async () => {
      gzip.end()
      await written
      return { sha256: hash.digest('hex'), bytes }
    },
  }
}

/**
 * The lines of a compressed file, without their ends, as far as they can be unpacked.
 * @returns through `broken()` the reason, where it could not be unpacked to its end.
 */
export function readGzipLines(path: string) {
  const hash = createHash('sha256')
  let reason: string | null = null
  async function* lines(): AsyncGenerator<string> {
    const source = createReadStream(path)
    const gunzip = createGunzip()
    source.on('data', (chunk) => hash.update(chunk))
    source.on('error', (error) => gunzip.destroy(error))
    let rest = ''
    const decoder = new TextDecoder()
    try {
      for await (const chunk of source.pipe(gunzip)) {
        const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n')
        rest = parts.pop() ?? ''
        yield* parts
      }
      if (rest !== '') reason = 'its last line has no end'
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error)
    } finally {
      source.destroy()
    }
  }
  return { lines: lines(), broken: () => reason, sha256: () => hash.digest('hex') }
}
