import 'server-only'
import { headers } from 'next/headers'
import { DEFAULT_LOCALE, isLocale, type Locale } from '../domain/locale.ts'
import { PLACE_HEADER } from './place-header.ts'

/** The page that a request is for or was made from, with its language; the home page where nobody wrote it. */
export async function requestPlace(): Promise<{ readonly locale: Locale; readonly path: string }> {
  const path = (await headers()).get(PLACE_HEADER) ?? ''
  const [, locale = ''] = path.split('/')
  return isLocale(locale) ? { locale, path } : { locale: DEFAULT_LOCALE, path: `/${DEFAULT_LOCALE}` }
}
