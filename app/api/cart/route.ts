import type { NextRequest } from 'next/server'
import { changeCart } from '#db/carts/change-cart.ts'
import { readCart } from '#db/carts/read-cart.ts'
import { cartCookies, ensureCartToken, readCartToken } from '#lib/cart/cart-cookies.ts'
import { CartInput } from '#lib/cart/cart-input.ts'
import { showCart } from '#lib/cart/shown-cart.ts'
import { unitsIn } from '#lib/domain/cart-rules.ts'
import { DEFAULT_LOCALE, isLocale, type Locale } from '#lib/domain/locale.ts'
import { secure } from '#lib/env.ts'
import { readBody } from '#lib/http/read-body.ts'
import { isSameOrigin } from '#lib/http/same-origin.ts'
import { translator } from '#lib/i18n/translator.ts'
import { jsonAnswer, pageAnswer, sayOutcome } from './cart-answer.ts'

const BODY_BYTES_AT_MOST = 4_096

function localeOf(request: NextRequest): Locale {
  const asked = request.nextUrl.searchParams.get('locale') ?? ''
  return isLocale(asked) ? asked : DEFAULT_LOCALE
}

const wantsJson = (request: Request) => request.headers.get('accept')?.includes('application/json') ?? false

/** The cart as it is now, with today's prices and stock. */
export async function GET(request: NextRequest): Promise<Response> {
  const locale = localeOf(request)
  const token = readCartToken(request.cookies, secure)
  const cart = showCart(await readCart(token, locale), locale)
  return jsonAnswer({ cart }, 200, token ? cartCookies(token, cart.units, secure) : [])
}

async function readInput(request: Request): Promise<Record<string, unknown> | null> {
  const body = await readBody(request, BODY_BYTES_AT_MOST)
  if (!body) return null
  const text = new TextDecoder().decode(body)
  const type = request.headers.get('content-type') ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  if (!type.startsWith('application/json')) return null
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : null
  } catch {
    return null
  }
}

/**
 * Changes one line. A script gets the whole cart back; a plain form is sent on to the cart page.
 * 403 without proof that a page of ours asked, 415 for what is neither form nor JSON (or is too long), 422 for a field
 * that is not right or a piece that we do not have, with the sentence to put beside it; the cart is unchanged in all three.
 */
export async function POST(request: NextRequest): Promise<Response> {
  const locale = localeOf(request)
  const t = translator(locale)
  if (!isSameOrigin(request.headers)) return jsonAnswer({ said: t('cart.failed') }, 403)
  const raw = await readInput(request)
  if (!raw) return jsonAnswer({ said: t('cart.failed') }, 415)

  const input = CartInput.safeParse(raw)
  if (!input.success) {
    const field = input.error.issues[0]?.path[0] === 'quantity' ? 'quantity' : 'sku'
    if (wantsJson(request)) return jsonAnswer({ said: t(`cart.error.${field}`) }, 422)
    return pageAnswer(locale, {
      error: field,
      ...(typeof raw['sku'] === 'string' ? { sku: raw['sku'].slice(0, 64) } : {}),
    })
  }

  const { sku, operation, quantity } = input.data
  const token = ensureCartToken(request.cookies, secure)
  const { outcome, lines } = await changeCart({ token, operation, sku, quantity, locale })
  const cookies = cartCookies(token, unitsIn(lines), secure)
  if (wantsJson(request)) {
    const said = sayOutcome(outcome, locale)
    const cart = showCart(lines, locale)
    const status = outcome.kind === 'unknown_piece' ? 422 : 200
    return jsonAnswer(said === null ? { cart } : { cart, said }, status, cookies)
  }
  if (operation === 'remove') return pageAnswer(locale, { removed: sku, quantity: String(quantity) }, cookies)
  if (outcome.kind === 'done') return pageAnswer(locale, {}, cookies)
  return pageAnswer(
    locale,
    { outcome: outcome.kind, ...('quantity' in outcome ? { quantity: String(outcome.quantity) } : {}) },
    cookies,
  )
}
