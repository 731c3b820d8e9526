import { z } from 'zod'
import { readParcelImport } from '#db/fulfilment/keep-parcel-import.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { writeCsvLine } from '#lib/domain/csv.ts'

/** The lines of an import that need a person, as a file to mend and import again. */
export async function GET(
  _request: Request,
  { params }: RouteContext<'/[locale]/admin/ship/import/[id]/bad-lines'>,
): Promise<Response> {
  const permit = await permitted('orders.ship')
  const { id } = await params
  const found = z.uuid().safeParse(id).success ? await readParcelImport(permit, id) : null
  if (!found) return new Response(null, { status: 404 })
  const rows = found.bad.map(({ cells, column, reason }) => [...cells, column, reason])
  // Excel takes UTF-8 without a mark for something else.
  const file = `\ufeff${[[...found.columns, 'wrong column', 'why'], ...rows].map(writeCsvLine).join('')}`
  return new Response(file, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="parcels-${id.slice(0, 8)}.csv"`,
      'cache-control': 'private, no-store',
    },
  })
}
