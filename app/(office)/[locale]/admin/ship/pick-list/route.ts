import type { NextRequest } from 'next/server'
import { z } from 'zod'
import { listOrdersToSend } from '#db/fulfilment/list-orders-to-send.ts'
import { listPiecesToPick, MOST_TO_PICK } from '#db/fulfilment/list-pieces-to-pick.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { drawSheets } from '#lib/documents/draw-sheets.ts'
import { pickSheet, slipSheet } from '#lib/documents/packing-sheets.ts'
import { isLocale } from '#lib/domain/locale.ts'
import { translator } from '#lib/i18n/translator.ts'

const Asked = z.object({
  sheet: z.enum(['pick', 'slips']),
  order: z.array(z.uuid()).max(MOST_TO_PICK),
})

/** The pick list, or a packing slip for each order, as one PDF: of the orders that are ticked, or of those that wait longest. */
export async function GET(
  request: NextRequest,
  { params }: RouteContext<'/[locale]/admin/ship/pick-list'>,
): Promise<Response> {
  const permit = await permitted('orders.ship')
  const { locale } = await params
  const query = request.nextUrl.searchParams
  const asked = Asked.safeParse({ sheet: query.get('sheet'), order: query.getAll('order') })
  if (!asked.success || !isLocale(locale)) return new Response(null, { status: 404 })
  const { sheet, order } = asked.data
  const ids = order.length > 0 ? order : (await listOrdersToSend(permit)).orders.map(({ id }) => id)
  const { packings, pieces } = await listPiecesToPick(permit, ids)
  const sheets = sheet === 'pick' ? [pickSheet(pieces, packings.length, locale)] : packings.map(slipSheet)
  if (sheets.length === 0) return new Response(null, { status: 404 })
  const t = translator(locale)
  const title = t(sheet === 'pick' ? 'officeShip.sheet.pick' : 'officeShip.sheet.slip')
  const page = (number: number, count: number) => t('officeShip.sheet.page', { page: number, pages: count })
  return new Response(await drawSheets(sheets, { locale, title, page }), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${sheet}.pdf"`,
      'cache-control': 'private, no-store',
    },
  })
}
