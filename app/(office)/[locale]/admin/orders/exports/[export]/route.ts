import { z } from 'zod'
import { readExportPart } from '#db/office/read-exports.ts'
import { takeExport } from '#db/office/take-export.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { toShanghaiDay } from '#lib/domain/shanghai-time.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { streamOf } from '#lib/stream-of.ts'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** A file that one asked for and that is written, part by part; anybody else's is not there. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/[locale]/admin/orders/exports/[export]'>,
): Promise<Response> {
  const [permit, { export: id }] = [await permitted('orders.export'), await params]
  const found = z.uuid().safeParse(id).success ? await takeExport(permit, id, clientIp(request.headers)) : null
  if (!found) return new Response(null, { status: 404 })
  return new Response(streamOf(piecesOf(id)), {
    headers: {
      'content-type': TYPES[found.format],
      'content-length': String(found.bytes),
      'content-disposition': `attachment; filename="orders_${toShanghaiDay(found.askedAt)}.${found.format}"`,
      'cache-control': 'private, no-store',
    },
  })
}

async function* piecesOf(id: string): AsyncGenerator<Uint8Array, void> {
  for (let next = await readExportPart(id, -1); next; next = await readExportPart(id, next.part)) yield next.content
}
