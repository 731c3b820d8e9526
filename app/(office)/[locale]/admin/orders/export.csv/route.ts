import { noteExport } from '#db/office/note-export.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { isLocale } from '#lib/domain/locale.ts'
import { toShanghaiDay } from '#lib/domain/shanghai-time.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { exportOrders } from '#lib/office/export-orders.ts'
import { readOrderFilter } from '#lib/office/order-filter.ts'

/** The list as it is narrowed, as a file that is written while it is read. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/[locale]/admin/orders/export.csv'>,
): Promise<Response> {
  const [permit, reader, { locale }] = await Promise.all([permitted('orders.export'), permitted('orders.read'), params])
  if (!isLocale(locale)) return new Response(null, { status: 404 })
  const filter = readOrderFilter(Object.fromEntries(new URL(request.url).searchParams))
  await noteExport(permit, filter, clientIp(request.headers))
  const encoder = new TextEncoder()
  const text = exportOrders(reader, filter, locale)
  const file = new ReadableStream<Uint8Array>({
    // The next batch is read when the one before was taken: a slow line holds one of them, not all.
    async pull(controller) {
      const { done, value } = await text.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await text.return()
    },
  })
  return new Response(file, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="orders_${toShanghaiDay(new Date())}.csv"`,
      'cache-control': 'private, no-store',
    },
  })
}
