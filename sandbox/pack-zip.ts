import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js'
import { encodeText } from './http/charset.ts'

// A worker thread would outlive the sandbox for the sake of one small file.
configure({ useWebWorkers: false })

/** A ZIP as the gateways pack bills: names and contents in GBK, the names not marked as anything else. */
export async function packZip(
  files: readonly (readonly [name: string, text: string])[],
  writtenAt: Date,
): Promise<Buffer> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), {
    encodeText: (text) => encodeText(text, 'gbk'),
    useUnicodeFileNames: false,
    extendedTimestamp: false,
    lastModDate: writtenAt,
  })
  for (const [name, text] of files) await zip.add(name, new Uint8ArrayReader(encodeText(text, 'gbk')))
  return Buffer.from(await zip.close())
}
