import { writeCsvLine } from '../domain/csv.ts'
import { toYuan } from '../domain/money.ts'
import { toShanghaiTime } from '../domain/shanghai-time.ts'
import { streamOf } from '../stream-of.ts'
import type { Sheet, SheetCell, WriteSheet } from './sheet.ts'

/** Spreadsheets take a file without it for their own encoding. */
const BYTE_ORDER_MARK = '\ufeff'

/** A table as CSV: UTF-8, amounts in yuan, times of Shanghai, text that looks like a formula guarded. */
export const writeCsv: WriteSheet = (sheet, to) => streamOf(csvPieces(sheet)).pipeTo(to)

/** The same piece by piece, for who asks for them. */
export async function* csvPieces({ columns, batches }: Sheet): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder()
  yield encoder.encode(BYTE_ORDER_MARK + writeCsvLine(columns.map(({ head }) => head)))
  for await (const rows of batches) yield encoder.encode(rows.map((row) => writeCsvLine(row.map(asText))).join(''))
}

function asText(cell: SheetCell): string {
  if (typeof cell === 'string') return cell
  if ('fen' in cell) return toYuan(cell.fen)
  return 'at' in cell ? toShanghaiTime(cell.at) : String(cell.count)
}
