import { configure, TextReader, ZipWriter } from '@zip.js/zip.js'
import { toYuan } from '../domain/money.ts'
import { streamOf } from '../stream-of.ts'
import { escapeXml } from '../xml.ts'
import type { Sheet, SheetCell, SheetRow, WriteSheet } from './sheet.ts'
import { contentTypes, RELATIONS, STYLE, STYLES, workbook, workbookRelations } from './xlsx-parts.ts'

// The worker of jobs is a process of its own already.
configure({ useWebWorkers: false })

/** A sheet ends at row 1,048,576; what comes after stands on a further one. */
const ROWS_OF_A_SHEET = 1_000_000

/** A table as XLSX (ECMA-376), streamed into its ZIP: text is text whatever it looks like, amounts and times are numbers. */
export const writeXlsx: WriteSheet = (sheet, to) => writeSheets(sheet, to, ROWS_OF_A_SHEET)

/** @param atMost rows of one sheet of the book, the headings not counted. */
export async function writeSheets(sheet: Sheet, to: WritableStream<Uint8Array>, atMost: number): Promise<void> {
  // Its own times are of the machine's zone; nobody needs them.
  const zip = new ZipWriter(to, { extendedTimestamp: false, zip64: false })
  const rest = sheet.batches[Symbol.asyncIterator]()
  const left: SheetRow[] = []
  const names: string[] = []
  do {
    names.push(names.length === 0 ? sheet.name : `${sheet.name} ${names.length + 1}`)
    const xml = streamOf(sheetXml(sheet, rest, left, atMost))
    await zip.add(`xl/worksheets/sheet${names.length}.xml`, xml)
  } while (left.length > 0)
  await zip.add('xl/styles.xml', new TextReader(STYLES))
  await zip.add('xl/workbook.xml', new TextReader(workbook(names)))
  await zip.add('xl/_rels/workbook.xml.rels', new TextReader(workbookRelations(names.length)))
  await zip.add('_rels/.rels', new TextReader(RELATIONS))
  await zip.add('[Content_Types].xml', new TextReader(contentTypes(names.length)))
  await zip.close()
}

/** @param left rows that were read and not written, from the sheet before and for the next one. */
async function* sheetXml(
  { columns }: Sheet,
  rest: AsyncIterator<readonly SheetRow[]>,
  left: SheetRow[],
  atMost: number,
): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder()
  const widths = columns.map(({ width }, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`)
  const heads = columns.map(({ head }) => textCell(head, STYLE.head)).join('')
  yield encoder.encode(
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row>${heads}</row>`,
  )
  let written = 0
  while (written < atMost) {
    if (left.length === 0) {
      const next = await rest.next()
      if (next.done) break
      left.push(...next.value)
    }
    const rows = left.splice(0, atMost - written)
    written += rows.length
    yield encoder.encode(rows.map((row) => `<row>${row.map(cellXml).join('')}</row>`).join(''))
  }
  // Whether another sheet follows is known by what is left for it.
  if (left.length === 0) {
    const next = await rest.next()
    if (!next.done) left.push(...next.value)
  }
  yield encoder.encode('</sheetData></worksheet>')
}

/** An inline text is never looked at for a formula. */
const textCell = (text: string, style: number) =>
  `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`

const DAY_MS = 86_400_000
/** Days of a spreadsheet begin on 30 December 1899; the clock on the wall is Shanghai's. */
const asSerial = (at: Date) => ((at.getTime() + 8 * 3_600_000) / DAY_MS + 25_569).toFixed(6)

function cellXml(cell: SheetCell): string {
  if (typeof cell === 'string') return cell === '' ? '<c/>' : textCell(cell, STYLE.plain)
  if ('fen' in cell) return `<c s="${STYLE.amount}"><v>${toYuan(cell.fen)}</v></c>`
  return 'at' in cell ? `<c s="${STYLE.moment}"><v>${asSerial(cell.at)}</v></c>` : `<c><v>${cell.count}</v></c>`
}
