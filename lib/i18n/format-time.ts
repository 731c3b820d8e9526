import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatted(at: Date, locale: Locale, style: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${style.dateStyle} ${style.timeStyle}`
  const known = formats.get(key)
  const format = known ?? new Intl.DateTimeFormat(LANGUAGE_TAG[locale], { ...style, timeZone: 'Asia/Shanghai' })
  if (!known) formats.set(key, format)
  return format.format(at)
}

/** A day and a time in the shop's own zone, Asia/Shanghai: `21 November 2026 at 18:30`. */
export const formatTime = (at: Date, locale: Locale): string =>
  formatted(at, locale, { dateStyle: 'long', timeStyle: 'short' })

/** The same for tables: `21 Nov 2026, 18:30`. */
export const formatShortTime = (at: Date, locale: Locale): string =>
  formatted(at, locale, { dateStyle: 'medium', timeStyle: 'short' })

/** The day alone: `21 November 2026`. */
export const formatDay = (at: Date, locale: Locale): string => formatted(at, locale, { dateStyle: 'long' })
