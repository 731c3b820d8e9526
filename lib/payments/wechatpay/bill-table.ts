import { type Fen, parseYuan, toFen } from '../../domain/money.ts'
import { DamagedFile } from '../damaged-file.ts'

const MARK = '`'

/** A row by the names in its header. */
export type Cells = (name: string) => string

/** A file of WeChat Pay as it is read from top to bottom: header, rows, and one summary with a header of its own. */
export type BillTable = {
  /** Takes the next lines of the file and gives its rows, each with its place. @throws {DamagedFile} */
  readonly read: (lines: readonly string[]) => readonly { readonly line: number; readonly cell: Cells }[]
  /** The summary at the end. @throws {DamagedFile} when the file was cut short. */
  readonly finish: () => Cells
}

/**
 * Columns come and go with the kind of the bill, so they are found by name. Every cell of a row begins with a backtick:
 * a comma inside one divides nothing.
 * @param needed columns without which the file is of no use, in its rows and in its summary.
 */
export function createBillTable(needed: { rows: readonly string[]; summary: readonly string[] }): BillTable {
  let header: ReadonlyMap<string, number> | null = null
  let summaryHeader: ReadonlyMap<string, number> | null = null
  let summary: Cells | null = null
  let at = 0

  function readHeader(text: string): void {
    if (summaryHeader) throw new DamagedFile('there is something after the summary')
    const names = new Map(text.split(',').map((name, index) => [name.trim(), index]))
    const missing = (header ? needed.summary : needed.rows).find((name) => !names.has(name))
    if (missing) throw new DamagedFile(`the column ${missing} is missing`)
    if (header) summaryHeader = names
    else header = names
  }

  return {
    read(lines) {
      const rows: { line: number; cell: Cells }[] = []
      for (const text of lines) {
        at += 1
        const plain = at === 1 ? text.replace(/^\ufeff/, '') : text
        if (plain.trim() === '') continue
        if (!plain.startsWith(MARK)) readHeader(plain)
        else if (summary || !header) throw new DamagedFile('a row is out of place')
        else if (summaryHeader) summary = cellsOf(plain, summaryHeader)
        else rows.push({ line: at, cell: cellsOf(plain, header) })
      }
      return rows
    },
    finish() {
      if (!summary) throw new DamagedFile('the summary is missing')
      return summary
    },
  }
}

function cellsOf(row: string, columns: ReadonlyMap<string, number>): Cells {
  const cells = row.slice(1).split(`,${MARK}`)
  return (name) => cells[columns.get(name) ?? -1]?.trim() ?? ''
}

/** Yuan with up to five decimals, as fees are written, rounded to fen away from zero; null for anything else. */
export function parseAmount(text: string): Fen | null {
  const [, sign = '', yuan, cents = '', beyond = ''] = /^(-?)(\d{1,13})(?:\.(\d{1,2})(\d{0,3}))?$/.exec(text) ?? []
  const whole = yuan === undefined ? null : parseYuan(`${BigInt(yuan)}.${cents.padEnd(2, '0')}`)
  if (whole === null) return null
  const rounded = beyond.charAt(0) >= '5' ? whole + 1n : whole
  return toFen(sign ? -rounded : rounded)
}

/** A count, which WeChat Pay has been seen to write as `45.0`. */
export const parseCount = (text: string): number => (/^\d+(\.0+)?$/.test(text) ? Number.parseInt(text, 10) : Number.NaN)
