import type { Incoming } from '../http/messages.ts'

export const LANGUAGES = ['en', 'fr', 'zh'] as const
export type Language = (typeof LANGUAGES)[number]

/** `?lang=` wins over what the browser prefers; English for all that is neither French nor Chinese. */
export function languageOf(incoming: Incoming): Language {
  const asked = new URLSearchParams(incoming.query).get('lang')
  const preferred = (incoming.headers['accept-language'] ?? '').trimStart().toLowerCase().slice(0, 2)
  return (
    LANGUAGES.find((language) => language === asked) ?? LANGUAGES.find((language) => language === preferred) ?? 'en'
  )
}
