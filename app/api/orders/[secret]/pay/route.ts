import type { NextRequest } from 'next/server'
import { type OpenedOrder, openOrder } from '#db/orders/open-order.ts'
import { deviceOf } from '#lib/checkout/device-scenes.ts'
import { payingCookie } from '#lib/checkout/order-cookie.ts'
import { offeredMethods, type PaymentMethod, sceneOf } from '#lib/checkout/payment-methods.ts'
import { type StartPaymentError, startPayment } from '#lib/checkout/start-payment.ts'
import { isLocale, type Locale } from '#lib/domain/locale.ts'
import { env, secure } from '#lib/env.ts'
import { readFields } from '#lib/http/read-fields.ts'
import { isSameOrigin } from '#lib/http/same-origin.ts'
import { translator } from '#lib/i18n/translator.ts'
import { log } from '#lib/log.ts'
import { orderPath, payPath } from '#lib/paths.ts'
import { paymentProviders } from '#lib/payments/registry.ts'

const BODY_BYTES_AT_MOST = 4_096

/**
 * Sends the shopper to pay by the field `method`: 303 to the provider, or to our page with the code to scan or the form
 * to send there, or back to the choice with the reason in the address. 403 without proof that a page of ours asked, 404 for a wrong secret.
 */
export async function POST(
  request: NextRequest,
  { params }: RouteContext<'/api/orders/[secret]/pay'>,
): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 })
  const { secret } = await params
  const order = await openOrder(secret)
  if (!order) return new Response(null, { status: 404 })
  const fields = await readFields(request, BODY_BYTES_AT_MOST)
  if (!fields) return new Response(null, { status: 415 })

  const asked = request.nextUrl.searchParams.get('locale') ?? ''
  const locale = isLocale(asked) ? asked : order.locale
  const method = offeredMethods(paymentProviders()).find(({ id }) => id === fields.get('method'))
  const location = method
    ? await startWith(method, order, { locale, secret, device: deviceOf(request.headers) })
    : payPath(locale, secret, 'said=choose_another')
  const headers = { location, 'cache-control': 'no-store', 'set-cookie': payingCookie(secret, secure) }
  return new Response(null, { status: 303, headers })
}

async function startWith(
  method: PaymentMethod,
  order: OpenedOrder,
  { locale, secret, device }: { locale: Locale; secret: string; device: ReturnType<typeof deviceOf> },
): Promise<string> {
  const returnUrl = `${env.PUBLIC_URL}/api/return/${method.provider.name}`
  const started = await startPayment(method.provider, {
    orderId: order.id,
    expiresAt: order.expiresAt,
    scene: sceneOf(method, { quitUrl: returnUrl, device }),
    subject: translator(locale)('order.subject', { number: order.number }),
    returnUrl,
  })
  if (!started.ok) {
    log.warn({ order: order.number, method: method.id, ...started.error }, 'a payment could not be started')
    return pathAfterError(started.error, locale, secret)
  }
  switch (started.value.kind) {
    case 'redirect':
      return started.value.url
    case 'qr':
      return payPath(locale, secret, `method=${method.id}`)
    case 'form':
      return payPath(locale, secret, `method=${method.id}&go=1`)
    case 'jsapi':
      throw new Error(`${method.id} asks for a ${started.value.kind}, which none of the offered scenes needs`)
  }
}

/** Where it is not the provider that failed, the order's page has the right words. */
function pathAfterError({ code }: StartPaymentError, locale: Locale, secret: string): string {
  switch (code) {
    case 'not_payable':
      return orderPath(locale, secret)
    case 'already_paid':
      return orderPath(locale, secret, 'returned=1')
    case 'too_many_attempts':
    case 'no_answer':
      return payPath(locale, secret, `said=${code}`)
    case 'refused':
      return payPath(locale, secret, 'said=choose_another')
  }
}
