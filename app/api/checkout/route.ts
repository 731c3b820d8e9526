import { randomUUID } from 'node:crypto'
import type { NextRequest } from 'next/server'
import { tooManyFrom } from '#app/_doors/too-many.ts'
import { keepCheckoutDraft } from '#db/carts/keep-checkout-draft.ts'
import { secretOfRequest } from '#db/orders/order-secret.ts'
import { sessionOfCookies } from '#lib/auth/session-of-cookies.ts'
import { cartCookies, cartUnitsIn, readCartToken } from '#lib/cart/cart-cookies.ts'
import { type CheckoutDraft, writeDraft } from '#lib/checkout/checkout-draft.ts'
import { type CheckoutRequest, readCheckoutRequest } from '#lib/checkout/checkout-request.ts'
import { fillIn, keepAddress } from '#lib/checkout/fill-in.ts'
import { offerNow } from '#lib/checkout/offer-now.ts'
import { submitCheckout } from '#lib/checkout/submit-checkout.ts'
import { DEFAULT_LOCALE, isLocale } from '#lib/domain/locale.ts'
import { secure } from '#lib/env.ts'
import { clientIp } from '#lib/http/client-ip.ts'
import { readFields } from '#lib/http/read-fields.ts'
import { isSameOrigin } from '#lib/http/same-origin.ts'
import { translator } from '#lib/i18n/translator.ts'
import { checkoutPath, payPath } from '#lib/paths.ts'
import { paymentProviders } from '#lib/payments/registry.ts'
import { json, seeOther } from './answers.ts'

const BODY_BYTES_AT_MOST = 16_384

/**
 * Places an order. A plain form is sent on: to the payment, or back to the page, which then shows what was typed and
 * what is wrong. A script gets `{location}`, 422 with `{errors}` by field, or 409 with a sentence or with where to look
 * at what changed. 403 without proof that a page of ours asked, 415 for what is neither form nor JSON or is too long, 429
 * for too many orders, or too many codes tried, from one address.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const asked = request.nextUrl.searchParams.get('locale') ?? ''
  const locale = isLocale(asked) ? asked : DEFAULT_LOCALE
  const t = translator(locale)
  if (!isSameOrigin(request.headers)) return json({ said: t('checkout.refused.stale') }, 403)
  const form = await readFields(request, BODY_BYTES_AT_MOST)
  if (!form) return json({ said: t('checkout.refused.stale') }, 415)

  const scripted = request.headers.get('accept')?.includes('application/json') ?? false
  const checkout = readCheckoutRequest(form)
  const cartToken = readCartToken(request.cookies, secure)
  const sendBack = async (draft: Partial<CheckoutDraft>, earlier: string | null = null) => {
    const nothing = { errors: {}, changes: [], refused: null }
    await keepCheckoutDraft(cartToken, writeDraft({ values: checkout.values, ...nothing, ...draft }))
    const { update } = checkout
    const back = checkoutPath(locale, `${update ? `again=${update}` : 'again'}${earlier ? `&order=${earlier}` : ''}`)
    return scripted ? json({ location: back }, 409) : seeOther(`${back}#${update ? `checkout-${update}` : 'again'}`)
  }
  const accountId = (await sessionOfCookies(request.cookies, new Date()))?.account.id ?? null
  // A code that is typed is judged by the page that follows.
  const limit = !checkout.update ? 'order' : checkout.update === 'coupon' && checkout.values.coupon ? 'coupon' : null
  const tooMany = limit && (await tooManyFrom(limit, clientIp(request.headers), { locale, scripted }))
  if (tooMany) return tooMany
  if (checkout.update) return sendBack({ values: await fillIn(checkout, accountId) })

  const { offered: payments } = await offerNow(request.headers, paymentProviders())
  const submitted = await submitCheckout(checkout, { accountId, locale, cartToken, payments })
  switch (submitted.kind) {
    case 'placed': {
      if (accountId !== null && checkout.keepAddress) await keepAddress(accountId, submitted.address)
      const location = payPath(locale, submitted.secret, `provider=${submitted.payment}`)
      const left = Math.max(0, cartUnitsIn(request.cookies) - submitted.units)
      const cookies = cartToken ? cartCookies(cartToken, left, secure) : []
      return scripted ? json({ location }, 200, cookies) : seeOther(location, cookies)
    }
    case 'errors':
      return scripted ? json({ errors: submitted.errors }, 422) : sendBack({ errors: submitted.errors })
    case 'changed':
      return sendBack({ changes: submitted.changes })
    case 'refused':
      if (!scripted || submitted.why === 'stale')
        return sendBack({ refused: submitted.why }, submitted.why === 'other_input' ? earlierOrder(checkout) : null)
      // The id has its order; a shopper who wants this one too needs another.
      return json({ said: t(`checkout.refused.${submitted.why}`), request: randomUUID() }, 409)
  }
}

/** Opens the order that the request has placed: whoever has the request's id has its order. */
const earlierOrder = ({ ticket }: CheckoutRequest): string | null => ticket && secretOfRequest(ticket.requestId)
