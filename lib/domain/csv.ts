import { err, ok, type Result } from '../result.ts'

/** A line of a table with the number that its first line has in the file, so that a person finds it again. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] }

export type CsvError = { readonly code: 'quote_not_closed'; readonly line: number }

const DELIMITERS = [',', ';', '\t'] as const

/**
 * Reads a table as spreadsheets write it (RFC 4180): commas, semicolons or tabs, whichever the first line has most of;
 * quoted cells may hold line ends. Lines without any text are left out. Undoes what `writeCsvLine` does to formulas.
 */
export function parseCsv(text: string): Result<readonly CsvRow[], CsvError> {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text
  const delimiter = delimiterOf(source)
  const rows: CsvRow[] = []
  let [at, line] = [0, 1]
  while (at < source.length) {
    const row = readRow(source, at, delimiter)
    if (row === null) return err({ code: 'quote_not_closed', line })
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells: row.cells.map(withoutGuard) })
    line += row.lines
    at = row.end
  }
  return ok(rows)
}

function delimiterOf(source: string): string {
  const head = source.slice(0, source.search(/[\r\n]|$/))
  const [most = ','] = [...DELIMITERS].sort((a, b) => head.split(b).length - head.split(a).length)
  return most
}

/** From `start` to the end of the row; null when a quote is open at the end of the file. */
function readRow(source: string, start: number, delimiter: string) {
  const cells: string[] = []
  let [cell, quoted, at, lines] = ['', false, start, 0]
  for (; at < source.length; at++) {
    const char = source.charAt(at)
    if (char === '\n') lines++
    if (quoted) {
      if (char !== '"') cell += char
      else if (source[at + 1] === '"') cell += source[++at]
      else quoted = false
    } else if (char === '"' && cell === '') quoted = true
    else if (char === delimiter) {
      cells.push(cell)
      cell = ''
    } else if (char === '\n') break
    else if (char !== '\r' || source[at + 1] !== '\n') cell += char
  }
  if (quoted) return null
  cells.push(cell)
  return { cells, end: at + 1, lines }
}

/** What a spreadsheet would take for a formula and run; also behind our own guard, so that it can be undone. */
const FORMULA = /^'*[=+\-@\t\r]/
const NUMBER = /^-\d+(?:\.\d+)?$/

const withoutGuard = (cell: string) => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell)
const guarded = (cell: string) => (FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell)

/**
 * One line of a table with its line end. A cell that a spreadsheet would run as a formula begins with an apostrophe,
 * which shows it as text; a negative number stays one.
 */
export const writeCsvLine = (cells: readonly string[]): string =>
  `${cells
    .map(guarded)
    .map((cell) => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\r\n`
