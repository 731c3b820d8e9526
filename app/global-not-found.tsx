import './globals.css'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { fontVariables } from '#app/fonts.ts'
import { LANGUAGE_TAG, LOCALES } from '#lib/domain/locale.ts'
import { homePath } from '#lib/paths.ts'

export const metadata: Metadata = { title: '404 — Comptoir' }

/** For an address outside every language, so it speaks all of them; static, since it must cost nothing. */
export default async function GlobalNotFound() {
  const texts = await Promise.all(
    LOCALES.map(async (locale) => ({ locale, t: await getTranslations({ locale, namespace: 'errors' }) })),
  )
  return (
    <html lang="en" className={fontVariables}>
      <body>
        <main className="frame help">
          <p className="wordmark">Comptoir</p>
          <h1 className="title">404</h1>
          <ul>
            {texts.map(({ locale, t }) => (
              <li key={locale} lang={LANGUAGE_TAG[locale]}>
                <p>{t('notFoundTitle')}</p>
                <a className="link" href={homePath(locale)} hrefLang={LANGUAGE_TAG[locale]}>
                  {t('home')}
                </a>
              </li>
            ))}
          </ul>
        </main>
      </body>
    </html>
  )
}
