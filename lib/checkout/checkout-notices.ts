import type { Locale } from '#lib/domain/locale.ts'
import type { Fen } from '#lib/domain/money.ts'
import type { OrderChange } from '#lib/domain/order-changes.ts'
import { formatPrice } from '#lib/i18n/format-price.ts'
import { translator } from '#lib/i18n/translator.ts'
import type { CheckoutDraft } from './checkout-draft.ts'
import type { CheckoutLine } from './checkout-line.ts'
import { sayCouponChange } from './coupon-view.ts'

/** Why nothing was ordered, and all that changed meanwhile, in sentences. */
export function checkoutNotices(
  { changes, refused }: CheckoutDraft,
  lines: readonly CheckoutLine[],
  locale: Locale,
): readonly string[] {
  const t = translator(locale)
  const price = (amount: Fen) => formatPrice(amount, locale)
  const nameOf = (sku: string) => lines.find((line) => line.sku === sku)?.name ?? sku
  const say = (change: OrderChange) => {
    switch (change.kind) {
      case 'price':
        return t('checkout.changed.price', { name: nameOf(change.sku), from: price(change.from), to: price(change.to) })
      case 'stock':
        return t('checkout.changed.stock', { name: nameOf(change.sku), left: change.left })
      case 'withdrawn': {
        const name = lines.find(({ variantId }) => variantId === change.variantId)?.name
        return name ? t('checkout.changed.withdrawn', { name }) : t('checkout.changed.gone')
      }
      case 'shipping':
        return t('checkout.changed.shipping', { from: price(change.from), to: price(change.to) })
      case 'coupon':
      case 'coupon_refused':
      case 'coupon_removed':
        return sayCouponChange(change, locale)
    }
  }
  return [...(refused ? [t(`checkout.refused.${refused}`)] : []), ...changes.map(say)]
}
