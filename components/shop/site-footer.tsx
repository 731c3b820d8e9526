import { getTranslations } from 'next-intl/server'
import type { Locale } from '#lib/domain/locale.ts'
import { feedPath } from '#lib/paths.ts'

/** The end of every page: what we make, how, and how to follow. */
export async function SiteFooter({ locale }: { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'shop' })
  return (
    <footer className="site-footer">
      <div className="frame">
        <p className="subtitle">{t('tagline')}</p>
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
