import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js'
import { expect, test } from 'vitest'
import { toFen } from '../domain/money.ts'
import type { Sheet, SheetRow } from './sheet.ts'
import { writeCsv } from './write-csv.ts'
import { writeSheets, writeXlsx } from './write-xlsx.ts'

const ROWS: readonly SheetRow[] = [
  [
    '=HYPERLINK("http://evil.example")',
    { fen: toFen(123_456n) },
    { count: 3 },
    { at: new Date('2026-11-21T09:30:00Z') },
  ],
  ['林薇 & <Zoë>\u0000', { fen: toFen(-5n) }, { count: 0 }, ''],
]
const sheetOf = (batches: readonly (readonly SheetRow[])[]): Sheet => ({
  name: 'Orders',
  columns: ['Name', 'Total', 'Units', 'Placed'].map((head) => ({ head, width: 12 })),
  batches: (async function* () {
    yield* batches
  })(),
})

async function written(write: (to: WritableStream<Uint8Array>) => Promise<void>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  await write(new WritableStream({ write: (piece) => void pieces.push(piece) }))
  return Buffer.concat(pieces)
}

async function unpack(file: Uint8Array<ArrayBuffer>): Promise<Record<string, string>> {
  const entries = await new ZipReader(new Uint8ArrayReader(file)).getEntries()
  const texts = entries.map(async (entry) => {
    if (entry.directory) throw new Error(`${entry.filename} is a folder`)
    return [entry.filename, await entry.getData(new TextWriter())] as const
  })
  return Object.fromEntries(await Promise.all(texts))
}

test('a CSV holds the same, and no cell that a spreadsheet would run', async () => {
  const file = await written((to) => writeCsv(sheetOf([ROWS]), to))
  expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(file)).toBe(
    '\ufeffName,Total,Units,Placed\r\n"\'=HYPERLINK(""http://evil.example"")",1234.56,3,2026-11-21 17:30:00\r\n林薇 & <Zoë>\u0000,-0.05,0,\r\n',
  )
})

test('in an XLSX text is inline text, an amount a number with two places, a moment a number of days', async () => {
  const files = await unpack(await written((to) => writeXlsx(sheetOf([ROWS, []]), to)))
  const rows = files['xl/worksheets/sheet1.xml']?.match(/<row>.*?<\/row>/g)
  expect(rows).toHaveLength(3)
  expect(rows?.[1]).toContain(
    't="inlineStr"><is><t xml:space="preserve">=HYPERLINK(&quot;http://evil.example&quot;)</t>',
  )
  expect(rows?.[1]).toContain('<v>1234.56</v>')
  expect(rows?.[1]).toContain('<v>46347.729167</v>')
  expect(rows?.[2]).toContain('林薇 &amp; &lt;Zoë&gt;</t>')
  expect(Object.values(files).join('')).not.toContain('<f>')
})

test.each([
  [0, ['Orders']],
  [4, ['Orders']],
  [5, ['Orders', 'Orders 2']],
  [9, ['Orders', 'Orders 2', 'Orders 3']],
])('%i rows of which a sheet holds 4 stand on %j', async (count, names) => {
  const all = Array.from({ length: count }, (_, n): SheetRow => [`row ${n}`])
  const batches = [all.slice(0, 3), all.slice(3)]
  const files = await unpack(await written((to) => writeSheets(sheetOf(batches), to, 4)))
  expect([...(files['xl/workbook.xml']?.matchAll(/sheet name="([^"]*)"/g) ?? [])].map(([, name]) => name)).toEqual(
    names,
  )
  const found = names.flatMap((_, n) => files[`xl/worksheets/sheet${n + 1}.xml`]?.match(/row \d+/g) ?? [])
  expect(found).toEqual(all.map(([text]) => text))
  const parts = [...(files['[Content_Types].xml']?.matchAll(/PartName="\/([^"]*)"/g) ?? [])].map(([, part]) => part)
  expect(Object.keys(files)).toEqual(expect.arrayContaining(parts))
})

test('what goes wrong while the rows are read ends the file', async () => {
  for (const write of [writeCsv, writeXlsx]) {
    const batches = (async function* () {
      yield ROWS
      throw new Error('the database went away')
    })()
    await expect(written((to) => write({ ...sheetOf([]), batches }, to))).rejects.toThrow('the database went away')
  }
})
