import type { Incoming } from '../http/messages.ts'

export type Language = 'en' | 'zh'

/** `?lang=` wins over what the browser prefers; English for all that is not Chinese. */
export function languageOf(incoming: Incoming): Language {
  const asked = new URLSearchParams(incoming.query).get('lang')
  if (asked === 'en' || asked === 'zh') return asked
  return (incoming.headers['accept-language'] ?? '').trimStart().toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
