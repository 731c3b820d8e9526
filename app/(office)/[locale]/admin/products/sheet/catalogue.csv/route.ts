import { permitted } from '#lib/auth/current-staff.ts'
import { catalogueSheet } from '#lib/catalog/catalogue-sheet.ts'
import { toShanghaiDay } from '#lib/domain/shanghai-time.ts'
import { csvPieces } from '#lib/spreadsheet/write-csv.ts'
import { streamOf } from '#lib/stream-of.ts'

/** The whole catalogue as a table, written while it is read. */
export async function GET(): Promise<Response> {
  const permit = await permitted('catalogue.read')
  return new Response(streamOf(csvPieces(catalogueSheet(permit))), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="catalogue_${toShanghaiDay(new Date())}.csv"`,
      'cache-control': 'private, no-store',
    },
  })
}
