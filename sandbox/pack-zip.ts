import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import { encodeText } from './http/charset.ts'

// A worker thread would outlive the sandbox for the sake of one small file.
configure({ useWebWorkers: false })

/** A ZIP as the gateways pack bills: names in GBK and not marked as anything else, and so are contents that are text. */
export async function packZip(
  files: readonly (readonly [name: string, content: string | Uint8Array])[],
  writtenAt: Date,
): Promise<Buffer> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), {
    encodeText: (text) => encodeText(text, 'gbk'),
    useUnicodeFileNames: false,
    extendedTimestamp: false,
    lastModDate: writtenAt,
  })
  for (const [name, content] of files)
    await zip.add(name, new Uint8ArrayReader(typeof content === 'string' ? encodeText(content, 'gbk') : content))
  return Buffer.from(await zip.close())
}
