import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'

const formats = new Map<Locale, Intl.DateTimeFormat>()

/** A day and a time in the shop's own zone, Asia/Shanghai: `21 November 2026 at 18:30`. */
export function formatTime(at: Date, locale: Locale): string {
  const known = formats.get(locale)
  const format =
    known ??
    new Intl.DateTimeFormat(LANGUAGE_TAG[locale], { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' })
  if (!known) formats.set(locale, format)
  return format.format(at)
}
