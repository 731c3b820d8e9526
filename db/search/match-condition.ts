import 'server-only'
import { type SQL, sql } from 'drizzle-orm'
import type { Locale } from '#lib/domain/locale.ts'
import { hanQueryText, looseHanQueryText, type SearchQuery } from '#lib/domain/search-query.ts'

/** Which rules take a word to its stem; Chinese has none. */
const STEMS = { en: 'english', fr: 'french', zh: 'simple' } as const satisfies Record<Locale, string>

const parse = (config: string, text: string): SQL => sql`to_tsquery(${config}::regconfig, ${text}::text)`

/** The last word may be half typed, so it is also the beginning of any word as written. */
const lastWord = (config: string, word: string): SQL => sql`(${parse(config, word)} || ${parse('simple', `${word}:*`)})`

/** A `tsquery` for pieces that have all of what is asked. The words hold a–z and 0–9 alone, so they need no quoting. */
export function allOf(query: SearchQuery, language: Locale): SQL {
  const config = STEMS[language]
  const last = query.words.at(-1)
  const parts = [
    query.words.length > 1 ? parse(config, query.words.slice(0, -1).join(' & ')) : [],
    last === undefined ? [] : lastWord(config, last),
    query.han.length > 0 ? parse('simple', hanQueryText(query.han)) : [],
  ].flat()
  return sql`(${sql.join(parts, sql` && `)})`
}

/** A `tsquery` for pieces that have some of what is asked: one of the words, or all the characters anywhere. */
export function someOf(query: SearchQuery, language: Locale): SQL {
  const parts = [
    query.words.length > 0 ? parse(STEMS[language], query.words.join(' | ')) : [],
    query.han.length > 0 ? parse('simple', looseHanQueryText(query.han)) : [],
  ].flat()
  return sql`(${sql.join(parts, sql` || `)})`
}
