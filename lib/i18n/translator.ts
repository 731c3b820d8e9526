import { createTranslator } from 'use-intl/core'
import type { Locale } from '#lib/domain/locale.ts'
import { messagesFor } from './messages.ts'

type Translator = ReturnType<typeof createFor>
const createFor = (locale: Locale) =>
  createTranslator({ locale, messages: messagesFor(locale), timeZone: 'Asia/Shanghai' })

const translators = new Map<Locale, Translator>()

/** The words of the shop outside of pages: route handlers have no request of next-intl. Made once for each language. */
export function translator(locale: Locale): Translator {
  const known = translators.get(locale)
  if (known) return known
  const made = createFor(locale)
  translators.set(locale, made)
  return made
}
