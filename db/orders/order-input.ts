import 'server-only'
import { createHash } from 'node:crypto'
import type { Address } from '#lib/domain/address.ts'
import type { SeenCoupon } from '#lib/domain/coupon-changes.ts'
import type { CouponCode } from '#lib/domain/coupon-code.ts'
import type { Locale } from '#lib/domain/locale.ts'
import type { Fen } from '#lib/domain/money.ts'
import type { WantedLine } from '#lib/domain/order-changes.ts'
import type { ShippingMethod } from '#lib/domain/shipping-rates.ts'

export type PlaceOrder = {
  /** A UUID that the browser had before its first try; a secret of the shopper. */
  readonly requestId: string
  /** Who is signed in; null for a guest. */
  readonly accountId: string | null
  readonly locale: Locale
  readonly contact: { readonly email: string; readonly phone: string }
  readonly address: Address
  readonly shipping: { readonly method: ShippingMethod; readonly feeSeen: Fen }
  /** 1 to `MAX_LINES` lines, each variant once. */
  readonly lines: readonly WantedLine[]
  /** The code that was typed, and what the page showed of it, or of an earlier one. */
  readonly coupon: { readonly code: CouponCode | null; readonly seen: SeenCoupon | null }
  /** The hash of the basket that is emptied of these lines and of what was typed; null when they come from elsewhere. */
  readonly cart: Buffer | null
}

/** What the shopper chose, so that a repeat is told from another order; what they were shown is not part of it. */
export function hashInput({ contact, address, shipping, lines, coupon }: PlaceOrder): Buffer {
  const chosen = lines.map(({ variantId, quantity }) => [variantId, quantity] as const).sort(([a], [b]) => a - b)
  const place = Object.entries(address).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([contact.email, contact.phone, place, shipping.method, chosen, coupon.code]))
    .digest()
}
