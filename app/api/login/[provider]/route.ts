import type { NextRequest } from 'next/server'
import { openPayment } from '#db/orders/open-order.ts'
import { endLogin, readLogin } from '#lib/checkout/buyer-login.ts'
import { deviceOf } from '#lib/checkout/device-scenes.ts'
import { offeredMethods } from '#lib/checkout/payment-methods.ts'
import { wayToPay } from '#lib/checkout/way-to-pay.ts'
import { DEFAULT_LOCALE } from '#lib/domain/locale.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { log } from '#lib/log.ts'
import { choicePath, homePath } from '#lib/paths.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import { paymentProviders } from '#lib/payments/registry.ts'

/**
 * Where a provider sends a browser back to that was to be known there, with a `code` and the `state` that we gave it:
 * 303 on to pay. Without our cookie, with another state or without a code it leads back and nothing happens.
 */
export async function GET(request: NextRequest, { params }: RouteContext<'/api/login/[provider]'>): Promise<Response> {
  const { provider: asked } = await params
  const name = PROVIDER_NAMES.find((known) => known === asked)
  const provider = name && paymentProviders().get(name)
  const method = offeredMethods(paymentProviders()).find((way) => way.provider === provider && way.scene === 'jsapi')
  if (!provider?.buyerLogin || !method) return new Response(null, { status: 404 })

  const login = readLogin(request.cookies)
  const order = login && (await openPayment(login.secret))
  if (!order || order.ended) return goTo(homePath(DEFAULT_LOCALE))
  const { locale, secret } = login
  const { searchParams } = request.nextUrl
  const code = searchParams.get('code')
  if (!code || searchParams.get('state') !== login.state)
    return goTo(choicePath(order.by, locale, secret, 'said=choose_another'))
  const known = await provider.buyerLogin.openid(code)
  if (!known.ok) {
    log.warn({ order: order.number, ...known.error }, 'a buyer could not be known')
    return goTo(choicePath(order.by, locale, secret, 'said=no_answer'))
  }
  const visit = { locale, secret, device: deviceOf(request.headers), payerIp: clientIp(request.headers) }
  const location = await wayToPay(method, order, { ...visit, openid: known.value })
  return goTo(location ?? choicePath(order.by, locale, secret, 'said=choose_another'))
}

const goTo = (location: string): Response =>
  new Response(null, {
    status: 303,
    headers: { location, 'cache-control': 'no-store', 'referrer-policy': 'same-origin', 'set-cookie': endLogin() },
  })
