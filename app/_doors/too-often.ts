import type { Locale } from '#lib/domain/locale.ts'
import { translator } from '#lib/i18n/translator.ts'

/** What somebody is told who tried too often. @param retryAfterS seconds. */
export const tooOften = (locale: Locale, retryAfterS: number): string =>
  translator(locale)('form.tooOften', { minutes: Math.ceil(retryAfterS / 60) })
