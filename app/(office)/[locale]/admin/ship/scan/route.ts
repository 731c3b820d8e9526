import type { NextRequest } from 'next/server'
import { findScannedOrder } from '#db/fulfilment/find-scanned-order.ts'
import { listOrdersToSend } from '#db/fulfilment/list-orders-to-send.ts'
import { permitted } from '#lib/auth/current-staff.ts'
import { isLocale } from '#lib/domain/locale.ts'
import { officePackPath, officeShipPath, withQuery } from '#lib/office-paths.ts'

const MOST_CHARACTERS = 80

/**
 * Leads from what was scanned to its order; from nothing to the order that waits longest. A route, since a page that
 * has begun leads on by a script, and a second time by itself: what was typed in between would be lost.
 */
export async function GET(
  request: NextRequest,
  { params }: RouteContext<'/[locale]/admin/ship/scan'>,
): Promise<Response> {
  const permit = await permitted('orders.ship')
  const { locale } = await params
  if (!isLocale(locale)) return new Response(null, { status: 404 })
  const scanned = (request.nextUrl.searchParams.get('scan') ?? '').trim().slice(0, MOST_CHARACTERS)
  const number = scanned
    ? await findScannedOrder(permit, scanned)
    : ((await listOrdersToSend(permit)).orders.find(({ units }) => units > 0)?.number ?? null)
  const location = number ? officePackPath(locale, number) : withQuery(officeShipPath(locale), { scan: scanned })
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'private, no-store' } })
}
