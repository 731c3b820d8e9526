import { parseCsv } from '../domain/csv.ts'
import { err, ok, type Result } from '../result.ts'
import { decodeText } from '../spreadsheet/decode-text.ts'

/** The columns of a file of tracking numbers; the last two may be left out. */
export const PARCEL_COLUMNS = ['order', 'carrier', 'tracking', 'sku', 'quantity'] as const
type ParcelColumn = (typeof PARCEL_COLUMNS)[number]
const NEEDED = ['order', 'tracking'] as const satisfies readonly ParcelColumn[]

export const MOST_PARCEL_BYTES = 900_000
const MOST_LINES = 2_000

export type ParcelFileLine = {
  /** As people count them: the heading is line 1. */
  readonly line: number
  readonly cells: readonly string[]
  readonly values: Readonly<Record<ParcelColumn, string>>
}
export type ParcelFileError =
  | { readonly code: 'not_csv' | 'too_many' }
  | { readonly code: 'column_missing'; readonly column: string }

/** The lines of a file of tracking numbers, as they are: nothing in them is believed yet. */
export function readParcelFile(
  bytes: Uint8Array,
): Result<{ readonly columns: readonly string[]; readonly lines: readonly ParcelFileLine[] }, ParcelFileError> {
  const rows = parseCsv(decodeText(bytes))
  const [heading, ...rest] = rows.ok ? rows.value : []
  if (!heading || heading.cells.length < 2) return err({ code: 'not_csv' })
  if (rest.length > MOST_LINES) return err({ code: 'too_many' })
  const names = heading.cells.map((name) => name.trim().toLowerCase())
  const missing = NEEDED.find((name) => !names.includes(name))
  if (missing) return err({ code: 'column_missing', column: missing })
  const cell = (cells: readonly string[], name: ParcelColumn) => (cells[names.indexOf(name)] ?? '').trim()
  const lines = rest.map(({ line, cells }) => ({
    line,
    cells,
    values: Object.fromEntries(PARCEL_COLUMNS.map((name) => [name, cell(cells, name)])) as Record<ParcelColumn, string>,
  }))
  return ok({ columns: heading.cells, lines })
}
