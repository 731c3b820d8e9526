import type { Route } from 'next'
import { DEFAULT_LOCALE, LANGUAGE_TAG, LOCALES, type Locale } from '#lib/domain/locale.ts'

/** Canonical and hreflang addresses of a page, relative to the shop's own. @param pathIn its path in a language. */
export const alternatesFor = (locale: Locale, pathIn: (locale: Locale) => Route) => ({
  canonical: pathIn(locale),
  languages: {
    ...Object.fromEntries(LOCALES.map((other) => [LANGUAGE_TAG[other], pathIn(other)])),
    'x-default': pathIn(DEFAULT_LOCALE),
  },
})
