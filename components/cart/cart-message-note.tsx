import { getTranslations } from 'next-intl/server'
import type { CartMessage } from '#lib/cart/cart-message.ts'
import type { Locale } from '#lib/domain/locale.ts'

/** What happened to the cart, with the way back where something was taken out. */
export async function CartMessageNote({ message, locale }: { message: CartMessage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'cart' })
  if (message.kind !== 'removed')
    return (
      <p className={message.kind === 'error' ? 'cart-error' : 'cart-said'} role="status">
        {message.text}
      </p>
    )
  return (
    <form className="cart-said" action={`/api/cart?locale=${locale}`} method="post">
      <input type="hidden" name="operation" value="set" />
      <input type="hidden" name="quantity" value={message.quantity} />
      <span role="status">{message.text}</span>{' '}
      <button type="submit" className="link" name="sku" value={message.sku}>
        {t('undo')}
      </button>
    </form>
  )
}
