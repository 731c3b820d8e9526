import type { Locale } from '#lib/domain/locale.ts'
import enShop from './messages/en/shop.json' with { type: 'json' }
import frShop from './messages/fr/shop.json' with { type: 'json' }
import zhShop from './messages/zh/shop.json' with { type: 'json' }

const messages = {
  en: { shop: enShop },
  fr: { shop: frShop },
  zh: { shop: zhShop },
} satisfies Record<Locale, unknown>

export type Messages = (typeof messages)['en']

/** Every text of the interface in one language. The type check refuses a language that lacks a key of the English one. */
export const messagesFor = (locale: Locale): Messages => messages[locale]
