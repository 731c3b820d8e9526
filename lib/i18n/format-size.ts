import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** How large a file is, in the largest unit of 1000 of which it has one: `1.2 MB`. @param bytes 0 or more. */
export function formatSize(bytes: number, locale: Locale): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3))
  const format = { style: 'unit', unit: UNITS[power] ?? 'byte', maximumFractionDigits: power > 1 ? 1 : 0 } as const
  return new Intl.NumberFormat(LANGUAGE_TAG[locale], format).format(bytes / 1000 ** power)
}
