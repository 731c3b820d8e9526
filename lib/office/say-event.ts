import type { Locale } from '../domain/locale.ts'
import { messagesFor } from '../i18n/messages.ts'

/** What happened, in the words of the office; its own name where there are none. */
export function sayEvent(event: string, locale: Locale): string {
  const words: Readonly<Record<string, string>> = messagesFor(locale).officeOrder.event
  return Object.hasOwn(words, event) ? (words[event] ?? event) : event
}
