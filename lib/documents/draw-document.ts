import 'server-only'
import PDFDocument from 'pdfkit'
import { LANGUAGE_TAG } from '#lib/domain/locale.ts'
import { documentFonts } from './document-fonts.ts'
import type { DocumentLine, OrderDocument } from './order-document.ts'
import { type Style, textSetter } from './set-text.ts'

const INK = '#2b2622'
const MUTED = '#6f655b'
const LINE = '#d8cfc4'
/** A4 in points, with its margins. */
const PAGE = { width: 595.28, height: 841.89, left: 56, right: 539.28, top: 72, bottom: 770 }
const PARTY_WIDTH = 220
const PIECE_WIDTH = 250
const COLUMN = { quantity: 372, each: 452, total: PAGE.right }
const SUMS_LEFT = 300

const BRAND: Style = { face: 'display', size: 20, colour: INK }
const TITLE: Style = { face: 'display', size: 30, colour: INK }
const HEADING: Style = { face: 'display', size: 14, colour: INK }
const TEXT: Style = { face: 'sans', size: 9.5, colour: INK }
const SMALL: Style = { face: 'sans', size: 8.5, colour: MUTED }
const SUM: Style = { face: 'sans', size: 11.5, colour: INK }

/** Sets a paper as a PDF of one or more A4 pages. */
export async function drawDocument(document: OrderDocument): Promise<Uint8Array<ArrayBuffer>> {
  const fonts = await documentFonts()
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    lang: LANGUAGE_TAG[document.locale],
    displayTitle: true,
    info: { Title: `${document.title} ${document.name}`, Author: 'Comptoir', CreationDate: document.issuedAt },
  })
  const chunks: Buffer[] = []
  const ended = new Promise<void>((resolve, reject) => pdf.on('end', resolve).on('error', reject))
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
  for (const { name, bytes } of new Set(Object.values(fonts).flat())) pdf.registerFont(name, bytes)

  const sheet = sheetOf(pdf, fonts)
  drawHead(sheet, document)
  drawLines(sheet, document)
  drawSums(sheet, document)
  for (const part of document.parts) drawPart(sheet, part)
  drawNotes(sheet, document)
  drawPageNumbers(sheet, document)
  pdf.end()
  await ended
  return new Uint8Array(Buffer.concat(chunks))
}

type Sheet = ReturnType<typeof sheetOf>

/** The page under way, with a pen that goes down it. */
function sheetOf(pdf: PDFKit.PDFDocument, fonts: Awaited<ReturnType<typeof documentFonts>>) {
  const setter = textSetter(pdf, fonts)
  const pen = { y: PAGE.top }
  return {
    pdf,
    ...setter,
    pen,
    /** Begins another page when less than `height` points are left; true when it did. */
    need(height: number): boolean {
      if (pen.y + height <= PAGE.bottom) return false
      pdf.addPage()
      pen.y = PAGE.top
      return true
    },
    rule(from: number = PAGE.left): void {
      pdf.moveTo(from, pen.y).lineTo(PAGE.right, pen.y).lineWidth(0.5).strokeColor(LINE).stroke()
    },
  }
}

function drawHead({ put, wrap, pen }: Sheet, { title, facts, parties }: OrderDocument) {
  put('Comptoir', BRAND, { x: PAGE.left, y: pen.y })
  put(title, TITLE, { x: PAGE.right, y: pen.y, align: 'right' })
  pen.y += 44
  for (const [name, value] of facts) {
    put(name, SMALL, { x: PAGE.left, y: pen.y })
    put(value, TEXT, { x: PAGE.right, y: pen.y, align: 'right' })
    pen.y += 16
  }
  pen.y += 24
  const ends = parties.map(({ title: party, lines }, place) => {
    const x = place === 0 ? PAGE.left : PAGE.right - PARTY_WIDTH
    put(party, SMALL, { x, y: pen.y })
    const wrapped = lines.flatMap((line) => wrap(line, TEXT, PARTY_WIDTH))
    for (const [row, line] of wrapped.entries()) put(line, TEXT, { x, y: pen.y + 17 + row * 14 })
    return pen.y + 17 + wrapped.length * 14
  })
  pen.y = Math.max(...ends) + 26
}

function drawColumns({ put, pen, rule }: Sheet, [piece, quantity, each, total]: OrderDocument['columns']) {
  put(piece, SMALL, { x: PAGE.left, y: pen.y })
  put(quantity, SMALL, { x: COLUMN.quantity, y: pen.y, align: 'right' })
  put(each, SMALL, { x: COLUMN.each, y: pen.y, align: 'right' })
  put(total, SMALL, { x: COLUMN.total, y: pen.y, align: 'right' })
  pen.y += 8
  rule()
}

function drawLines(sheet: Sheet, { columns, lines }: OrderDocument) {
  drawColumns(sheet, columns)
  for (const line of lines) drawLine(sheet, line, columns)
}

function drawLine(sheet: Sheet, { name, details, ...figures }: DocumentLine, columns: OrderDocument['columns']) {
  const { put, wrap, pen, need, rule } = sheet
  const names = wrap(name, TEXT, PIECE_WIDTH)
  const notes = wrap(details, SMALL, PIECE_WIDTH)
  const height = 14 * names.length + 12 * notes.length + 14
  if (need(height)) drawColumns(sheet, columns)
  const first = pen.y + 18
  put(figures.quantity, TEXT, { x: COLUMN.quantity, y: first, align: 'right' })
  put(figures.each, TEXT, { x: COLUMN.each, y: first, align: 'right' })
  put(figures.total, TEXT, { x: COLUMN.total, y: first, align: 'right' })
  for (const [row, text] of names.entries()) put(text, TEXT, { x: PAGE.left, y: first + row * 14 })
  const below = first + (names.length - 1) * 14
  for (const [row, text] of notes.entries()) put(text, SMALL, { x: PAGE.left, y: below + (row + 1) * 12.5 })
  pen.y += height + 4
  rule()
}

function drawSums(sheet: Sheet, { sums }: OrderDocument) {
  const { put, pen, need, rule } = sheet
  need(sums.length * 18 + 20)
  pen.y += 22
  for (const [place, [name, value]] of sums.entries()) {
    const isLast = place === sums.length - 1
    if (isLast) {
      pen.y -= 4
      rule(SUMS_LEFT)
      pen.y += 18
    }
    put(name, isLast ? SUM : TEXT, { x: SUMS_LEFT, y: pen.y })
    put(value, isLast ? SUM : TEXT, { x: PAGE.right, y: pen.y, align: 'right' })
    pen.y += 18
  }
  pen.y += 20
}

function drawPart(sheet: Sheet, { title, blocks }: OrderDocument['parts'][number]) {
  const { put, pen, need, rule } = sheet
  need(40 + (blocks[0]?.length ?? 0) * 15)
  pen.y += 10
  put(title, HEADING, { x: PAGE.left, y: pen.y })
  pen.y += 10
  for (const rows of blocks) {
    need(rows.length * 15 + 16)
    rule()
    pen.y += 16
    for (const [name, value] of rows) {
      put(name, SMALL, { x: PAGE.left, y: pen.y })
      put(value, TEXT, { x: PAGE.right, y: pen.y, align: 'right' })
      pen.y += 15
    }
  }
  pen.y += 16
}

function drawNotes({ put, wrap, pen, need }: Sheet, { notes }: OrderDocument) {
  const lines = notes.flatMap((note) => wrap(note, SMALL, PAGE.right - PAGE.left))
  need(lines.length * 13 + 8)
  pen.y += 8
  for (const line of lines) {
    put(line, SMALL, { x: PAGE.left, y: pen.y })
    pen.y += 13
  }
}

function drawPageNumbers({ pdf, put }: Sheet, { page }: OrderDocument) {
  const { count } = pdf.bufferedPageRange()
  for (let place = 0; place < count; place++) {
    pdf.switchToPage(place)
    put(page(place + 1, count), SMALL, { x: PAGE.right, y: PAGE.height - 36, align: 'right' })
  }
}
