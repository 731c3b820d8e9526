export const LOCALES = ['en', 'fr', 'zh'] as const
export type Locale = (typeof LOCALES)[number]
export const DEFAULT_LOCALE: Locale = 'en'

export const isLocale = (text: string): text is Locale => (LOCALES as readonly string[]).includes(text)

/** A text in every language of the shop. */
export type LocalizedText = { readonly [locale in Locale]: string }

/** BCP 47 tags: what `<html lang>`, hreflang and Intl are told. */
export const LANGUAGE_TAG = { en: 'en', fr: 'fr', zh: 'zh-Hans' } as const satisfies Record<Locale, string>

/** Each language in its own words. */
export const LANGUAGE_NAME = { en: 'English', fr: 'Français', zh: '简体中文' } as const satisfies Record<Locale, string>

/** What stands for a language in a line that has little room. */
export const LANGUAGE_MARK = { en: 'EN', fr: 'FR', zh: '中文' } as const satisfies Record<Locale, string>
