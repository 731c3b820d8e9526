import 'server-only'
import PDFDocument from 'pdfkit'
import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import { documentFonts } from './document-fonts.ts'
import { type Style, textSetter } from './set-text.ts'

/** A4 in points, with its margins. */
const PAGE = { width: 595.28, height: 841.89, left: 56, right: 539.28, top: 72, bottom: 770 }
const INK = '#2b2622'
const MUTED = '#6f655b'
const LINE = '#d8cfc4'
const TITLE: Style = { face: 'display', size: 24, colour: INK }
const TEXT: Style = { face: 'sans', size: 10.5, colour: INK }
const SMALL: Style = { face: 'sans', size: 8.5, colour: MUTED }
const UNITS_AT = PAGE.right

/** One sheet of the packing bench: a heading, what is beside it, and rows of units. Begins on a page of its own. */
export type Sheet = {
  readonly title: string
  readonly name: string
  /** An address, or nothing. */
  readonly aside: readonly string[]
  readonly rows: readonly { readonly name: string; readonly details: string; readonly units: string }[]
  readonly note: string
}

/** Sets sheets for the packing bench as one PDF. @param page says the number of a page and how many there are. */
export async function drawSheets(
  sheets: readonly Sheet[],
  { locale, title, page }: { locale: Locale; title: string; page: (number: number, count: number) => string },
): Promise<Uint8Array<ArrayBuffer>> {
  const fonts = await documentFonts()
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    autoFirstPage: false,
    lang: LANGUAGE_TAG[locale],
    info: { Title: title, Author: 'Comptoir' },
  })
  const chunks: Buffer[] = []
  const ended = new Promise<void>((resolve, reject) => pdf.on('end', resolve).on('error', reject))
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  for (const { name, bytes } of new Set(Object.values(fonts).flat())) pdf.registerFont(name, bytes)
  const setter = textSetter(pdf, fonts)
  for (const sheet of sheets) drawSheet(pdf, setter, sheet)
  const { count } = pdf.bufferedPageRange()
  for (let place = 0; place < count; place++) {
    pdf.switchToPage(place)
    setter.put(page(place + 1, count), SMALL, { x: PAGE.right, y: PAGE.height - 36, align: 'right' })
  }
  pdf.end()
  await ended
  return new Uint8Array(Buffer.concat(chunks))
}

function drawSheet(pdf: PDFKit.PDFDocument, { put, wrap }: ReturnType<typeof textSetter>, sheet: Sheet) {
  pdf.addPage()
  let y = PAGE.top
  const rule = () => pdf.moveTo(PAGE.left, y).lineTo(PAGE.right, y).lineWidth(0.5).strokeColor(LINE).stroke()
  const need = (height: number) => {
    if (y + height <= PAGE.bottom) return
    pdf.addPage()
    y = PAGE.top
  }
  put(sheet.title, TITLE, { x: PAGE.left, y })
  put(sheet.name, TEXT, { x: PAGE.right, y, align: 'right' })
  y += 34
  for (const line of sheet.aside.flatMap((text) => wrap(text, TEXT, PAGE.right - PAGE.left))) {
    put(line, TEXT, { x: PAGE.left, y })
    y += 16
  }
  y += 14
  for (const { name, details, units } of sheet.rows) {
    const notes = wrap(details, SMALL, 400)
    need(30 + notes.length * 12)
    rule()
    y += 20
    put(name, TEXT, { x: PAGE.left, y })
    put(units, TEXT, { x: UNITS_AT, y, align: 'right' })
    for (const note of notes) {
      y += 12
      put(note, SMALL, { x: PAGE.left, y })
    }
    y += 10
  }
  rule()
  y += 26
  for (const line of wrap(sheet.note, SMALL, PAGE.right - PAGE.left)) {
    need(14)
    put(line, SMALL, { x: PAGE.left, y })
    y += 13
  }
}
