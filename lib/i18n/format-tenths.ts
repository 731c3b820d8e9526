import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'

/** "4.7", "4,7". @param tenths a whole number of tenths. */
export const formatTenths = (tenths: number, locale: Locale): string =>
  new Intl.NumberFormat(LANGUAGE_TAG[locale], { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    tenths / 10,
  )
