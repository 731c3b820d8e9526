import 'server-only'
import { cartKey } from '#db/carts/cart-token.ts'
import { type PlaceOrderError, placeOrder } from '#db/orders/place-order.ts'
import type { Address } from '#lib/domain/address.ts'
import type { CheckoutErrors } from '#lib/domain/checkout-fields.ts'
import { isDestination, zoneOfDestination } from '#lib/domain/destinations.ts'
import type { Locale } from '#lib/domain/locale.ts'
import type { OrderChange } from '#lib/domain/order-changes.ts'
import { ratesTo, type ShippingMethod } from '#lib/domain/shipping-rates.ts'
import type { CheckoutRefusal } from './checkout-draft.ts'
import { parseCheckout } from './checkout-form.ts'
import type { CheckoutRequest } from './checkout-request.ts'

export type Submitted =
  | {
      readonly kind: 'placed'
      readonly secret: string
      readonly payment: string
      readonly units: number
      readonly address: Address
    }
  | { readonly kind: 'errors'; readonly errors: CheckoutErrors }
  | { readonly kind: 'changed'; readonly changes: readonly OrderChange[] }
  | { readonly kind: 'refused'; readonly why: CheckoutRefusal }

export type Shopper = {
  /** Who is signed in; null for a guest. */
  readonly accountId: string | null
  readonly locale: Locale
  /** Of the cart that is emptied of what was ordered. */
  readonly cartToken: string | undefined
  /** What can be paid with on their device. */
  readonly payments: readonly string[]
}

/**
 * Judges a whole checkout and places its order. What is ordered is what the page showed, so a repeat finds its order
 * although the cart is empty by then; the amounts that it showed are compared with today's and never used.
 */
export async function submitCheckout(
  { values, ticket }: CheckoutRequest,
  { accountId, locale, cartToken, payments }: Shopper,
): Promise<Submitted> {
  const shipping = isDestination(values.country)
    ? ratesTo(zoneOfDestination(values.country)).map(({ method }) => method)
    : []
  const parsed = parseCheckout(values, { shipping, payment: payments })
  if (!parsed.ok) return { kind: 'errors', errors: parsed.errors }
  const { email, address, payment, coupon } = parsed.value
  const method = parsed.value.shipping as ShippingMethod
  const feeSeen = ticket?.feesSeen.get(method)
  if (!ticket || feeSeen === undefined) return { kind: 'refused', why: 'stale' }

  const placed = await placeOrder({
    requestId: ticket.requestId,
    accountId,
    locale,
    contact: { email, phone: address.phone },
    address,
    shipping: { method, feeSeen },
    lines: ticket.lines,
    coupon: { code: coupon, seen: ticket.couponSeen },
    cart: cartKey(cartToken),
  })
  if (!placed.ok) return refusal(placed.error)
  const units = ticket.lines.reduce((sum, { quantity }) => sum + quantity, 0)
  return { kind: 'placed', secret: placed.value.secret, payment, units, address }
}

function refusal(error: PlaceOrderError): Submitted {
  switch (error.code) {
    case 'changed':
      return { kind: 'changed', changes: error.changes }
    case 'not_delivered':
      return { kind: 'errors', errors: { shipping: 'not_offered' } }
    case 'other_input':
    case 'busy':
      return { kind: 'refused', why: error.code }
    case 'empty':
    case 'too_many_lines':
    case 'bad_quantity':
      return { kind: 'refused', why: 'stale' }
  }
}
