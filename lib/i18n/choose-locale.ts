import { DEFAULT_LOCALE, isLocale, type Locale } from '#lib/domain/locale.ts'

/** More than any browser sends; what comes after is not read. */
const MOST_LANGUAGES = 20

/**
 * The shop's language for a visitor who named none in the address.
 * @param remembered what an earlier visit chose, if it is one of ours.
 * @param accepted the header Accept-Language; "fr-CA;q=0.8" counts as French, q=0 as unwanted.
 */
export function chooseLocale(remembered: string | undefined, accepted: string | null): Locale {
  if (remembered && isLocale(remembered)) return remembered
  const wished = (accepted ?? '')
    .split(',', MOST_LANGUAGES)
    .map((entry) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';')
      const weight = parameters.map((text) => /^\s*q=([\d.]{1,5})$/.exec(text)?.[1]).find(Boolean)
      return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return wished.map(({ language }) => language).find(isLocale) ?? DEFAULT_LOCALE
}
