import { parseCsv } from '../domain/csv.ts'
import { err, ok, type Result } from '../result.ts'
import { SHEET_COLUMNS, type SheetColumn, TOLD_COLUMNS } from './sheet-columns.ts'

export const MOST_SHEET_BYTES = 8_000_000
const MOST_ROWS = 20_000

/** A row of the table; `cells` has the columns that the file has. */
export type SheetLine = { readonly line: number; readonly cells: Readonly<Partial<Record<SheetColumn, string>>> }

export type SheetError =
  | { readonly code: 'not_csv' | 'too_many' | 'empty' }
  | { readonly code: 'quote_not_closed'; readonly line: number }
  | { readonly code: 'column_missing' | 'column_unknown' | 'column_twice'; readonly column: string }

const isTold = (name: string) => (TOLD_COLUMNS as readonly string[]).includes(name)
const isColumn = (name: string): name is SheetColumn => (SHEET_COLUMNS as readonly string[]).includes(name)

/** The rows of a catalogue's table as they are: nothing in them is believed yet. */
export function readSheet(text: string): Result<readonly SheetLine[], SheetError> {
  const rows = parseCsv(text)
  if (!rows.ok) return rows
  const [heading, ...rest] = rows.value
  if (!heading || heading.cells.length < 2) return err({ code: 'not_csv' })
  if (rest.length > MOST_ROWS) return err({ code: 'too_many' })
  if (rest.length === 0) return err({ code: 'empty' })
  const names = heading.cells.map((name) => name.trim().toLowerCase())
  const twice = names.find((name, n) => name !== '' && names.indexOf(name) !== n)
  if (twice) return err({ code: 'column_twice', column: twice })
  const unknown = names.find((name) => name !== '' && !isColumn(name) && !isTold(name))
  if (unknown) return err({ code: 'column_unknown', column: unknown })
  for (const column of ['piece', 'sku']) if (!names.includes(column)) return err({ code: 'column_missing', column })
  const columns = names.flatMap((name, n) => (isColumn(name) ? [[name, n] as const] : []))
  return ok(
    rest.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(columns.map(([name, n]) => [name, (cells[n] ?? '').replaceAll('\r\n', '\n').trim()])),
    })),
  )
}
