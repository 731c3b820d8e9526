import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { addOrderLink } from '#db/orders/add-order-link.ts'
import { openPayment } from '#db/orders/open-order.ts'
import { latestPaymentLink } from '#db/orders/share-payment.ts'
import { findAttempt } from '#db/payments/find-attempt.ts'
import { listOpenAttempts } from '#db/payments/list-open-attempts.ts'
import { recordMessage } from '#db/payments/record-message.ts'
import type { Locale } from '../domain/locale.ts'
import type { OpenedBy } from '../domain/opened-by.ts'
import { log } from '../log.ts'
import type { PaymentProvider, ReturnMessage } from '../payments/port.ts'
import { queryAndSettle } from './query-and-settle.ts'

/** For how long a signed return opens its order in a browser that does not know the secret. */
const OPENS_FOR_MS = 3 * 3_600_000
/** For how long the shopper waits for the provider's word; after that their page says that it is being confirmed. */
const PATIENCE_MS = 3_000

type Opened = { readonly by: OpenedBy; readonly locale: Locale; readonly secret: string }
export type Returned =
  /** The buyer comes from having paid, the provider says; what it knows of the money is applied. */
  | ({ readonly came: 'from_paying' } & Opened)
  /** This browser went to pay for that order and is back without a word. */
  | ({ readonly came: 'without_word' } & Opened)
  | { readonly came: 'from_nowhere' }

/**
 * Takes a browser that a provider sends back. Its message, when the signature holds, says which order to ask the
 * provider about and nothing more. A refused one is kept with the reason; a genuine one is not, as it opens the order.
 * @param secret of the order that this browser went to pay, where it knows one.
 */
export async function takeReturn(
  provider: PaymentProvider,
  message: ReturnMessage & { readonly headers: Headers },
  secret: string | undefined,
  now: Date = new Date(),
): Promise<Returned> {
  const own = secret === undefined ? null : await openPayment(secret)
  const unsaid: Returned = own && secret ? { ...opened(own, secret), came: 'without_word' } : { came: 'from_nowhere' }
  if (message.search === '' && message.body.length === 0) return own ? askFor(provider, own.id, unsaid) : unsaid

  const verified = await provider.verifyReturn(message, now)
  if (!verified.ok) {
    const { code, reason } = verified.error
    const body = message.body.length > 0 ? message.body : Buffer.from(message.search)
    await recordMessage({
      provider: provider.name,
      source: 'return',
      headers: message.headers,
      body,
      verdict: 'refused',
      reason: `${code}: ${reason}`,
      receivedAt: now,
    })
    return unsaid
  }
  const attempt = await findAttempt({ provider: provider.name, outTradeNo: verified.value.outTradeNo })
  if (!attempt) return unsaid
  const asked = queryAndSettle(provider, attempt, 'return').catch((err: unknown) => {
    log.error({ err, outTradeNo: attempt.outTradeNo }, 'a payment could not be confirmed on the way back')
  })
  await Promise.race([asked, delay(PATIENCE_MS, null, { ref: false })])
  if (own && secret && own.id === attempt.orderId) return { ...opened(own, secret), came: 'from_paying' }
  if (now.getTime() > attempt.startedAt.getTime() + OPENS_FOR_MS) return unsaid
  // Where somebody else was asked to pay, this may be them, and they may not see the order.
  const fresh = (await latestPaymentLink(attempt.orderId)) ?? (await addOrderLink(attempt.orderId))
  const order = await openPayment(fresh)
  return order ? { ...opened(order, fresh), came: 'from_paying' } : unsaid
}

const opened = ({ by, locale }: { readonly by: OpenedBy; readonly locale: Locale }, secret: string): Opened => ({
  by,
  locale,
  secret,
})

/**
 * Some gateways send a browser back without a word, paid or not. So it is asked about what is open there: who has paid
 * hears so, who has not may choose again, and while nobody knows the order's page says that it is being confirmed.
 */
async function askFor(provider: PaymentProvider, orderId: string, unsaid: Returned): Promise<Returned> {
  if (unsaid.came === 'from_nowhere') return unsaid
  const attempt = (await listOpenAttempts(orderId)).findLast((open) => open.provider === provider.name)
  if (!attempt) return unsaid
  const asked = queryAndSettle(provider, attempt, 'return').catch((err: unknown) => {
    log.error({ err, outTradeNo: attempt.outTradeNo }, 'a payment could not be confirmed on the way back')
    return null
  })
  const answer = await Promise.race([asked, delay(PATIENCE_MS, null, { ref: false })])
  return answer?.state === 'unpaid' || answer?.state === 'ended' ? unsaid : { ...unsaid, came: 'from_paying' }
}
