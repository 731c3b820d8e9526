import type { Locale } from '../domain/locale.ts'

const COLON = { en: ': ', fr: '\u00a0: ', zh: '：' } as const satisfies Record<Locale, string>

/** What a button is called where many have the same word: the act, then what it is done to. */
export const labelOf = (act: string, name: string, locale: Locale): string => `${act}${COLON[locale]}${name}`
