import { getTranslations } from 'next-intl/server'
import { IntentLink } from '#components/shop/intent-link.tsx'
import { buttonClass } from '#components/ui/button.tsx'
import type { CartMessage } from '#lib/cart/cart-message.ts'
import type { Locale } from '#lib/domain/locale.ts'
import { homePath } from '#lib/paths.ts'
import { CartMessageNote } from './cart-message-note.tsx'

export async function EmptyCart({ locale, message }: { locale: Locale; message: CartMessage | null }) {
  const t = await getTranslations({ locale, namespace: 'cart' })
  return (
    <div className="cart-empty">
      {message ? <CartMessageNote message={message} locale={locale} /> : null}
      <p className="subtitle">{t('empty')}</p>
      <p>{t('emptyHint')}</p>
      <IntentLink className={buttonClass()} href={homePath(locale)}>
        {t('toShelves')}
      </IntentLink>
    </div>
  )
}
