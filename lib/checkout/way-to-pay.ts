import 'server-only'
import type { OpenedPayment } from '#db/orders/open-order.ts'
import type { Locale } from '../domain/locale.ts'
import type { OpenedBy } from '../domain/opened-by.ts'
import { env } from '../env.ts'
import { translator } from '../i18n/translator.ts'
import { log } from '../log.ts'
import { choicePath, outcomePath } from '../paths.ts'
import { paymentProviders } from '../payments/registry.ts'
import { inPaymentTrace } from '../telemetry/payment-trace.ts'
import { closeOtherAttempts } from './close-other-attempts.ts'
import { type Circumstances, type PaymentMethod, sceneOf } from './payment-methods.ts'
import { type StartPaymentError, startPayment } from './start-payment.ts'

export type Visit = Omit<Circumstances, 'quitUrl'> & { readonly locale: Locale; readonly secret: string }

/**
 * Where a shopper goes on to pay by `method`: to the provider, to our page with what is waiting there, or back to the
 * choice with the reason in the address. Null when they have to log in at the provider first.
 */
export const wayToPay = (method: PaymentMethod, order: OpenedPayment, visit: Visit): Promise<string | null> =>
  inPaymentTrace(order.number, 'start payment', () => findWay(method, order, visit), { 'payment.method': method.id })

async function findWay(method: PaymentMethod, order: OpenedPayment, visit: Visit): Promise<string | null> {
  const { provider } = method
  const { locale, secret } = visit
  const returnUrl = `${env.PUBLIC_URL}/api/return/${provider.name}`
  const scene = sceneOf(method, { ...visit, quitUrl: returnUrl })
  if (!scene) return null
  const taken = { orderId: order.id, provider: provider.name, scene: scene.kind }
  const triedBefore = order.paymentState !== 'unpaid'
  if (triedBefore && (await closeOtherAttempts(paymentProviders(), taken)) === 'settled') {
    return pathAfterError({ code: 'already_paid' }, order.by, visit)
  }
  const started = await startPayment(provider, {
    orderId: order.id,
    expiresAt: order.expiresAt,
    scene,
    // In the order's own language, so that a repeat from another page is the same request.
    subject: translator(order.locale)('order.subject', { number: order.number }),
    returnUrl,
  })
  if (!started.ok) {
    log.warn({ order: order.number, method: method.id, ...started.error }, 'a payment could not be started')
    return pathAfterError(started.error, order.by, visit)
  }
  switch (started.value.kind) {
    case 'redirect':
      return started.value.url
    case 'qr':
      return choicePath(order.by, locale, secret, `method=${method.id}`)
    case 'form':
    case 'jsapi':
      return choicePath(order.by, locale, secret, `method=${method.id}&go=1`)
  }
}

/** Where it is not the provider that failed, the order's page has the right words. */
function pathAfterError({ code }: StartPaymentError, by: OpenedBy, { locale, secret }: Visit): string {
  switch (code) {
    case 'not_payable':
      return outcomePath(by, locale, secret)
    case 'already_paid':
      return outcomePath(by, locale, secret, 'returned=1')
    case 'too_many_attempts':
    case 'no_answer':
      return choicePath(by, locale, secret, `said=${code}`)
    case 'refused':
      return choicePath(by, locale, secret, 'said=choose_another')
  }
}
