import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { Suspense } from 'react'
import { CartLink } from '#components/cart/cart-link.tsx'
import { SearchBox } from '#components/search/search-box.tsx'
import type { Locale } from '#lib/domain/locale.ts'
import { accountPath, categoryPath, homePath } from '#lib/paths.ts'
import { AccountLink } from './account-link.tsx'
import { CloseMenu } from './close-menu.tsx'
import { IntentLink } from './intent-link.tsx'
import { LanguageSwitch, Languages } from './language-switch.tsx'

const MENU_ID = 'menu'

/**
 * Name, shelves, search, language, account, cart. On a narrow screen all but name and cart is a popover, which opens
 * without JavaScript; on a wide one the same element is simply part of the line.
 */
export async function SiteHeader({
  locale,
  categories,
}: {
  locale: Locale
  categories: readonly { readonly slug: string; readonly name: string }[]
}) {
  const t = await getTranslations({ locale, namespace: 'shop' })
  const language = { current: locale, label: t('language') }
  return (
    <header className="site-header frame">
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <button className="menu-toggle" type="button" popoverTarget={MENU_ID}>
        {t('menu')}
      </button>
      <Link className="wordmark" href={homePath(locale)} prefetch={false}>
        {t('name')}
      </Link>
      <div className="menu" id={MENU_ID} popover="auto">
        <button className="menu-close" type="button" popoverTarget={MENU_ID} popoverTargetAction="hide">
          {t('close')}
        </button>
        <nav aria-label={t('shelves')}>
          <ul className="shelves">
            {categories.map((category) => (
              <li key={category.slug}>
                <IntentLink href={categoryPath(locale, category.slug)}>{category.name}</IntentLink>
              </li>
            ))}
          </ul>
        </nav>
        <SearchBox locale={locale} label={t('search')} />
        <Suspense fallback={<Languages {...language} pathname={homePath(locale)} />}>
          <LanguageSwitch {...language} />
          <CloseMenu menuId={MENU_ID} />
        </Suspense>
        <AccountLink href={accountPath(locale)} label={t('account')} />
      </div>
      <CartLink locale={locale} label={t('cart')} />
    </header>
  )
}
