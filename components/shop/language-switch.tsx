'use client'
import { usePathname } from 'next/navigation'
import type { MouseEvent } from 'react'
import { isLocale, LANGUAGE_MARK, LANGUAGE_NAME, LANGUAGE_TAG, LOCALES, type Locale } from '#lib/domain/locale.ts'

const YEAR_MS = 31_536_000_000

/** The same address in another language: the first step of the path is the language. */
const inLanguage = (pathname: string, locale: Locale) => {
  const [, first = '', ...rest] = pathname.split('/')
  return isLocale(first) ? `/${[locale, ...rest].join('/')}` : `/${locale}`
}

/** What is heard holds what is seen, so that it can be said to a browser that listens (WCAG 2.5.3). */
const nameOf = (locale: Locale) => {
  const [mark, name] = [LANGUAGE_MARK[locale], LANGUAGE_NAME[locale]]
  return name.includes(mark) ? name : `${mark} ${name}`
}

/** Links to this very page in the other languages; a click is remembered for the next visit to `/`. */
export function LanguageSwitch({ current, label }: { current: Locale; label: string }) {
  return <Languages current={current} label={label} pathname={usePathname()} />
}

/** The same links without knowing the page, for the moment before the address is known. */
export function Languages({ current, label, pathname }: { current: Locale; label: string; pathname: string }) {
  const choose = (locale: Locale) => (event: MouseEvent<HTMLAnchorElement>) => {
    event.currentTarget.search = location.search
    // Only a convenience, so a browser without it (or a plain-http address) simply does not remember.
    void globalThis.cookieStore?.set({ name: 'locale', value: locale, expires: Date.now() + YEAR_MS, sameSite: 'lax' })
  }
  return (
    <nav aria-label={label}>
      <ul className="languages">
        {LOCALES.map((locale) => (
          <li key={locale}>
            <a
              className="link"
              href={inLanguage(pathname, locale)}
              hrefLang={LANGUAGE_TAG[locale]}
              lang={LANGUAGE_TAG[locale]}
              aria-label={nameOf(locale)}
              aria-current={locale === current ? 'true' : undefined}
              onClick={choose(locale)}
            >
              {LANGUAGE_MARK[locale]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
