import type { NextRequest } from 'next/server'
import { tooMany } from '#app/_doors/too-many.ts'
import { openPayment } from '#db/orders/open-order.ts'
import { beginLogin } from '#lib/checkout/buyer-login.ts'
import { deviceOf } from '#lib/checkout/device-scenes.ts'
import { offerNow } from '#lib/checkout/offer-now.ts'
import { payingCookie } from '#lib/checkout/order-cookie.ts'
import { offeredMethods } from '#lib/checkout/payment-methods.ts'
import { wayToPay } from '#lib/checkout/way-to-pay.ts'
import { isLocale } from '#lib/domain/locale.ts'
import { secure } from '#lib/env.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { readFields } from '#lib/http/read-fields.ts'
import { isSameOrigin } from '#lib/http/same-origin.ts'
import { choicePath, outcomePath } from '#lib/paths.ts'
import { paymentProviders } from '#lib/payments/registry.ts'

const BODY_BYTES_AT_MOST = 4_096

/**
 * Sends the shopper to pay by the field `method`: 303 to the provider, or to our page with what is waiting there, or
 * back to the choice with the reason in the address. 403 without proof that a page of ours asked, 404 for a wrong secret,
 * 429 for an order whose payment was begun too often.
 */
export async function POST(
  request: NextRequest,
  { params }: RouteContext<'/api/orders/[secret]/pay'>,
): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 })
  const { secret } = await params
  const order = await openPayment(secret)
  if (!order) return new Response(null, { status: 404 })
  const fields = await readFields(request, BODY_BYTES_AT_MOST)
  if (!fields) return new Response(null, { status: 415 })

  const asked = request.nextUrl.searchParams.get('locale') ?? ''
  const locale = isLocale(asked) ? asked : order.locale
  if (order.ended) return goTo(outcomePath(order.by, locale, secret))
  // What never began did not begin too often: the usual payment is spared a question to the database.
  const held = order.paymentState === 'unpaid' ? null : await tooMany('pay', order.id, { locale })
  if (held) return held
  const { away } = await offerNow(request.headers, paymentProviders())
  const method = offeredMethods(paymentProviders()).find(({ id }) => id === fields.get('method'))
  if (!method || away.get(method.provider.name) === 'paused')
    return goTo(choicePath(order.by, locale, secret, 'said=choose_another'))
  const visit = { locale, secret, device: deviceOf(request.headers), payerIp: clientIp(request.headers), openid: null }
  const location = await wayToPay(method, order, visit)
  if (location !== null) return goTo(location, payingCookie(secret, secure))
  const login = beginLogin(method.provider, { secret, locale })
  return login ? goTo(login.url, login.cookie) : goTo(choicePath(order.by, locale, secret, 'said=choose_another'))
}

function goTo(location: string, ...cookies: readonly string[]): Response {
  // Of the page that we come from, whose address opens the order, a provider may know the host: WeChat Pay wants to see it.
  const headers = new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'origin' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}
