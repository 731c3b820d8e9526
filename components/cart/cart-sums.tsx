import { getTranslations } from 'next-intl/server'
import { buttonClass } from '#components/ui/button.tsx'
import type { ShownCart } from '#lib/cart/shown-cart.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { checkoutPath } from '#lib/paths.ts'

/** What the cart comes to, with the cheapest way of sending. */
export async function CartSums({ cart, locale }: { cart: ShownCart; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'cart' })
  return (
    <section className="cart-sums" aria-label={t('total')}>
      <dl>
        <div>
          <dt>{t('subtotal')}</dt>
          <dd>{cart.subtotal}</dd>
        </div>
        {cart.shipping === null ? null : (
          <div>
            <dt>{t('shipping')}</dt>
            <dd>{cart.shipping}</dd>
          </div>
        )}
        <div className="cart-total">
          <dt>{t('total')}</dt>
          <dd>{cart.total}</dd>
        </div>
      </dl>
      <p className="cart-options">{t('elsewhere')}</p>
      {cart.shipping === null ? null : (
        <a className={buttonClass()} href={checkoutPath(locale)}>
          {t('checkout')}
        </a>
      )}
    </section>
  )
}
