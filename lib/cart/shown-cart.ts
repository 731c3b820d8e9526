import {
  type CartLineFacts,
  cartNotices,
  cartSubtotal,
  lineTotal,
  payableUnits,
  unitsIn,
} from '#lib/domain/cart-rules.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { addFen, type Fen } from '#lib/domain/money.ts'
import { MAX_QUANTITY } from '#lib/domain/pricing.ts'
import { ratesTo, shippingCost } from '#lib/domain/shipping-rates.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { translator } from '#lib/i18n/translator.ts'
import { productPath } from '#lib/paths.ts'

/** What is shown of a line, besides what the rules need of it. */
export type CartLineView = CartLineFacts & {
  readonly sku: string
  readonly productSlug: string
  readonly variantSlug: string
  readonly name: string
  readonly options: string
  readonly image: string
  readonly imageAlt: string
  /** Grams, of one unit. */
  readonly weightG: number
}

/** A cart in words: amounts formatted, notices told, ready for a page or for a browser that only sets it out. */
export type ShownCart = {
  readonly units: number
  readonly lines: readonly ShownLine[]
  readonly subtotal: string
  /** The cheapest way within mainland China; null for a cart in which nothing can be had. */
  readonly shipping: string | null
  readonly total: string
}

export type ShownLine = {
  readonly sku: string
  readonly name: string
  readonly options: string
  readonly href: string
  /** The photograph's file name. */
  readonly image: string
  readonly imageAlt: string
  readonly quantity: number
  /** The most that can be chosen; 0 when it is sold out. */
  readonly most: number
  readonly each: string
  readonly total: string
  readonly notices: readonly string[]
}

function cheapestShipping(lines: readonly CartLineView[], value: Fen): Fen | null {
  const weightG = lines.reduce((grams, line) => grams + line.weightG * payableUnits(line), 0)
  if (weightG === 0) return null
  const costs = ratesTo('mainland').map((rate) => shippingCost(rate, { weightG, value }))
  return costs.sort((a, b) => (a < b ? -1 : 1))[0] ?? null
}

export function showCart(lines: readonly CartLineView[], locale: Locale): ShownCart {
  const t = translator(locale)
  const price = (amount: Fen) => formatPrice(amount, locale)
  const subtotal = cartSubtotal(lines)
  const shipping = cheapestShipping(lines, subtotal)
  return {
    units: unitsIn(lines),
    subtotal: price(subtotal),
    shipping: shipping === null ? null : shipping === 0n ? t('cart.free') : price(shipping),
    total: price(shipping === null ? subtotal : addFen(subtotal, shipping)),
    lines: lines.map((line) => ({
      sku: line.sku,
      name: line.name,
      options: line.options,
      href: productPath(locale, line.productSlug, line.variantSlug),
      image: line.image,
      imageAlt: line.imageAlt,
      quantity: line.quantity,
      most: Math.max(0, Math.min(line.available, MAX_QUANTITY)),
      each: t('cart.each', { price: price(line.unitPrice) }),
      total: price(lineTotal(line)),
      notices: cartNotices(line).map((notice) => {
        if (notice.kind === 'sold_out') return t('cart.notice.sold_out')
        if (notice.kind === 'only_left') return t('cart.notice.only_left', { left: notice.left })
        return t('cart.notice.price_changed', { from: price(notice.from), to: price(notice.to) })
      }),
    })),
  }
}
