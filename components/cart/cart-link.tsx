import { getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/locale.ts'
import { cartPath } from '#lib/paths.ts'
import { CartButton } from './cart-button.tsx'

/** The way to the cart, in the header of every page: a link, which opens the drawer once JavaScript is there. */
export async function CartLink({ locale, label }: { locale: Locale; label: string }) {
  const t = await getTranslations({ locale, namespace: 'cart' })
  // A placeholder stays in these, for what only the browser knows.
  const name = '{name}'
  return (
    <CartButton
      locale={locale}
      href={cartPath(locale)}
      label={label}
      words={{
        added: t('added', { name }),
        failed: t('failed'),
        title: t('title'),
        close: t('close'),
        empty: t('empty'),
        emptyHint: t('emptyHint'),
        wait: t('wait'),
        more: t('more', { name }),
        less: t('less', { name }),
        remove: t('remove'),
        removeName: t('removeName', { name }),
        removed: t('removed', { name }),
        undo: t('undo'),
        subtotal: t('subtotal'),
        view: t('view'),
        checkout: t('checkout'),
      }}
    />
  )
}
