import 'server-only'
import type { Locale } from '#lib/domain/locale.ts'
import { asksNothing, replaceWords, type SearchQuery, searchLanguages } from '#lib/domain/search-query.ts'
import { correctWords } from './correct-words.ts'
import { findProducts } from './find-products.ts'
import { allOf, someOf } from './match-condition.ts'

/** Below this many pieces it is worth asking whether a word was mistyped. */
const FEW = 3

export type Answer = {
  /** Best first. */
  readonly ids: readonly number[]
  /** What the pieces answer: the words as typed, as corrected, or only some of them. */
  readonly to: 'asked' | 'corrected' | 'some'
  /** The corrected question as text; beside `to: 'asked'` it is one that finds more. */
  readonly correction: string | null
}

/**
 * From strict to lenient: all that was asked, in the language of the page or else in another of the same script; the
 * same with mistyped words corrected; some of it.
 */
export async function answerQuery(query: SearchQuery, locale: Locale): Promise<Answer> {
  if (asksNothing(query)) return { ids: [], to: 'asked', correction: null }
  const languages = searchLanguages(query, locale)
  for (const language of languages) {
    const ids = await findProducts(allOf(query, language), language)
    if (ids.length > 0) return { ids, to: 'asked', correction: await betterQuestion(query, language, ids.length) }
  }
  for (const language of languages) {
    const corrected = await correctQuery(query, language)
    if (corrected) return { ids: corrected.ids, to: 'corrected', correction: corrected.text }
  }
  const [language] = languages
  return { ids: await findProducts(someOf(query, language), language), to: 'some', correction: null }
}

async function betterQuestion(query: SearchQuery, language: Locale, found: number): Promise<string | null> {
  if (found >= FEW) return null
  const corrected = await correctQuery(query, language)
  return corrected && corrected.ids.length > found ? corrected.text : null
}

async function correctQuery(query: SearchQuery, language: Locale) {
  const corrections = await correctWords(query.words, language)
  if (corrections.size === 0) return null
  const corrected = replaceWords(query, corrections)
  const ids = await findProducts(allOf(corrected, language), language)
  return ids.length > 0 ? { ids, text: corrected.text } : null
}
