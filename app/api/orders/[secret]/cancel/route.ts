import type { NextRequest } from 'next/server'
import { openOrder } from '#db/orders/open-order.ts'
import { endUnpaidOrder } from '#lib/checkout/end-unpaid-order.ts'
import { isLocale } from '#lib/domain/locale.ts'
import { isSameOrigin } from '#lib/http/same-origin.ts'
import { log } from '#lib/log.ts'
import { orderPath } from '#lib/paths.ts'
import { paymentProviders } from '#lib/payments/registry.ts'

/**
 * Cancels an order that is not paid, the provider first, and goes on to its page. 403 without proof that a page of ours
 * asked, 404 for a wrong secret.
 */
export async function POST(
  request: NextRequest,
  { params }: RouteContext<'/api/orders/[secret]/cancel'>,
): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 })
  const { secret } = await params
  const order = await openOrder(secret)
  if (!order) return new Response(null, { status: 404 })
  const ended = await endUnpaidOrder(paymentProviders(), {
    orderId: order.id,
    event: 'cancelled',
    actor: 'shopper',
    reason: null,
    now: new Date(),
  })
  const stillPayable = !ended.ok && ended.error.code === 'still_payable'
  if (stillPayable) log.warn({ order: order.number, ...ended.error }, 'an order could not be cancelled')
  const asked = request.nextUrl.searchParams.get('locale') ?? ''
  const location = orderPath(isLocale(asked) ? asked : order.locale, secret, stillPayable ? 'said=still_payable' : '')
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
