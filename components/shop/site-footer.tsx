import { getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/locale.ts'
import { categoryPath, feedPath } from '#lib/paths.ts'
import { IntentLink } from './intent-link.tsx'

/** The end of every page: who we are, the shelves once more, how to follow. */
export async function SiteFooter({
  locale,
  categories,
}: {
  locale: Locale
  categories: readonly { readonly slug: string; readonly name: string }[]
}) {
  const t = await getTranslations({ locale, namespace: 'shop' })
  return (
    <footer className="site-footer">
      <div className="frame">
        <p className="subtitle">{t('tagline')}</p>
        <nav aria-label={t('footerShelves')}>
          <ul>
            {categories.map((category) => (
              <li key={category.slug}>
                <IntentLink className="link" href={categoryPath(locale, category.slug)}>
                  {category.name}
                </IntentLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className="colophon">
          <p>{t('colophon')}</p>
          <p>
            <a className="link" href={feedPath(locale)}>
              {t('feed')}
            </a>
          </p>
        </div>
      </div>
    </footer>
  )
}
