import { locale as rootLocale } from 'next/root-params'
import { getRequestConfig } from 'next-intl/server'
import { DEFAULT_LOCALE, isLocale } from '#lib/domain/locale.ts'
import { messagesFor } from './messages.ts'

/** The language comes from the address alone (no cookie, no header), so that pages stay static. */
export default getRequestConfig(async ({ locale: asked }) => {
  const wanted = asked ?? (await rootLocale()) ?? DEFAULT_LOCALE
  const locale = isLocale(wanted) ? wanted : DEFAULT_LOCALE
  return { locale, messages: messagesFor(locale), timeZone: 'Asia/Shanghai' }
})
