import { LANGUAGE_TAG, type Locale } from '#lib/domain/locale.ts'
import { type Fen, toYuan } from '#lib/domain/money.ts'

const formats = new Map<Locale, Intl.NumberFormat>()

function formatFor(locale: Locale): Intl.NumberFormat {
  const known = formats.get(locale)
  if (known) return known
  const format = new Intl.NumberFormat(LANGUAGE_TAG[locale], {
    style: 'currency',
    currency: 'CNY',
    currencyDisplay: 'narrowSymbol',
  })
  formats.set(locale, format)
  return format
}

/** `46800n` → `¥468.00`, in French `468,00 ¥`. The decimal text goes to Intl as it is, so no float is in between. */
export const formatPrice = (amount: Fen, locale: Locale): string =>
  formatFor(locale).format(toYuan(amount) as Intl.StringNumericLiteral)
