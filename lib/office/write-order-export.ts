import 'server-only'
import { type BegunExport, beginExport } from '#db/office/begin-export.ts'
import { countWork } from '#db/office/count-work.ts'
import { endExport, expectRows, writeExportPart } from '#db/office/write-export-part.ts'
import { EVERY_ORDER, type OrderFilter } from '../domain/order-list.ts'
import { writeCsv } from '../spreadsheet/write-csv.ts'
import { writeXlsx } from '../spreadsheet/write-xlsx.ts'
import { orderSheet } from './order-sheet.ts'

/** A piece of a file in the database: large enough to be few, small enough to be held. */
const PART_BYTES = 256 * 1024
const WRITERS = { csv: writeCsv, xlsx: writeXlsx } as const

export type WrittenExport = { readonly rows: number } | 'nothing_to_do'

/** Writes the file that somebody asked for, part by part, from its beginning. */
export async function writeOrderExport(exportId: string, signal: AbortSignal): Promise<WrittenExport> {
  const begun = await beginExport(exportId, new Date())
  if (!begun) return 'nothing_to_do'
  const written = { rows: 0 }
  const onPage = async (orders: number, count: number | null) => {
    if (written.rows === 0) await expect(begun, count)
    written.rows += orders
  }
  await WRITERS[begun.format](
    orderSheet(begun, onPage, signal),
    intoParts(exportId, () => written.rows),
  )
  await endExport(exportId, written.rows, new Date())
  return { rows: written.rows }
}

const isEvery = (filter: OrderFilter) =>
  Object.entries(EVERY_ORDER).every(([name, value]) => filter[name as keyof OrderFilter] === value)

async function expect({ id, permit, filter }: BegunExport, count: number | null): Promise<void> {
  const known = count ?? (isEvery(filter) ? (await countWork(permit)).orders.count : null)
  if (known !== null) await expectRows(id, known)
}

/** Gathers what is written into parts and keeps each; whoever writes waits meanwhile. */
function intoParts(exportId: string, rows: () => number): WritableStream<Uint8Array> {
  let [part, size, pieces] = [0, 0, [] as Uint8Array[]]
  const keep = async () => {
    const content = Buffer.concat(pieces)
    ;[size, pieces] = [0, []]
    if (!(await writeExportPart(exportId, { part: part++, content, rows: rows() })))
      throw new Error('the export was removed while it was written')
  }
  return new WritableStream({
    async write(piece) {
      pieces.push(piece)
      size += piece.length
      if (size >= PART_BYTES) await keep()
    },
    close: keep,
  })
}
