import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { addOrderLink } from '#db/orders/add-order-link.ts'
import { openOrder } from '#db/orders/open-order.ts'
import { findAttempt } from '#db/payments/find-attempt.ts'
import { listOpenAttempts } from '#db/payments/list-open-attempts.ts'
import { recordMessage } from '#db/payments/record-message.ts'
import type { Locale } from '../domain/locale.ts'
import { log } from '../log.ts'
import type { PaymentProvider, ReturnMessage } from '../payments/port.ts'
import { queryAndSettle } from './query-and-settle.ts'

/** For how long a signed return opens its order in a browser that does not know the secret. */
const OPENS_FOR_MS = 3 * 3_600_000
/** For how long the shopper waits for the provider's word; after that their page says that it is being confirmed. */
const PATIENCE_MS = 3_000

export type Returned =
  /** The buyer comes from having paid, the provider says; what it knows of the money is applied. */
  | { readonly came: 'from_paying'; readonly locale: Locale; readonly secret: string }
  /** This browser went to pay for that order and is back without a word. */
  | { readonly came: 'without_word'; readonly locale: Locale; readonly secret: string }
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
  const own = secret === undefined ? null : await openOrder(secret)
  const unsaid: Returned =
    own && secret ? { came: 'without_word', locale: own.locale, secret } : { came: 'from_nowhere' }
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
  if (own && secret && own.id === attempt.orderId) return { came: 'from_paying', locale: own.locale, secret }
  if (now.getTime() > attempt.startedAt.getTime() + OPENS_FOR_MS) return unsaid
  const fresh = await addOrderLink(attempt.orderId)
  const order = await openOrder(fresh)
  return order ? { came: 'from_paying', locale: order.locale, secret: fresh } : unsaid
}

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
