import type { Locale } from './locale.ts'

const TEXT_MAX = 100
const WORDS_MAX = 8
const HAN_MAX = 16

/** What a shopper asks for, in pieces that hold nothing but a–z, 0–9 and Han, whatever was typed. */
export type SearchQuery = {
  /** What was typed, tidied so that it can be shown and put into an address: 100 characters at most. */
  readonly text: string
  /** Without accents, in lower case, in the order typed; 8 at most. The last may be half a word. */
  readonly words: readonly string[]
  /** What was written in Chinese between two blanks or marks; 16 characters in all at most. */
  readonly han: readonly string[]
}

/** Letters that are not a base letter with marks, as PostgreSQL's `unaccent` spells them. */
const SPELT_OUT: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ß: 'ss',
  ð: 'd',
  þ: 'th',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'n',
  ĸ: 'q',
  ŧ: 't',
}

/** `Théière` → `theiere`. The same as `fold_text` in the database does to the texts of the catalogue. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[æœøßðþđħıłŋĸŧ]/g, (letter) => SPELT_OUT[letter] ?? letter)

/** Never throws and never refuses: of a query that says nothing, nothing is left. */
export function parseSearchQuery(typed: string): SearchQuery {
  const text = [
    ...typed
      .slice(0, 2 * TEXT_MAX)
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\p{C}\s\ufffd]+/gu, ' ')
      .trim(),
  ]
    .slice(0, TEXT_MAX)
    .join('')
    .trim()
  const folded = foldText(text)
  const words = folded.match(/[a-z0-9]+/g)?.slice(0, WORDS_MAX) ?? []
  return { text, words, han: takeHan(folded.match(/[\u3400-\u4dbf\u4e00-\u9fff]+/g) ?? []) }
}

function takeHan(runs: readonly string[]): string[] {
  let left = HAN_MAX
  return runs.flatMap((run) => {
    const taken = run.slice(0, left)
    left -= taken.length
    return taken || []
  })
}

export const asksNothing = (query: SearchQuery): boolean => query.words.length === 0 && query.han.length === 0

/**
 * In which languages' texts to look, one after the other. The script decides: Chinese is looked up in Chinese and a–z is
 * not, whatever the language of the page, in which the shopper will see what was found.
 */
export function searchLanguages(query: SearchQuery, locale: Locale): readonly [Locale, ...Locale[]] {
  if (query.han.length > 0) return ['zh']
  return locale === 'fr' ? ['fr', 'en'] : ['en', 'fr']
}

/** The same question with some words replaced; `wrong` → its correction and how that is written. */
export function replaceWords(
  query: SearchQuery,
  corrections: ReadonlyMap<string, { readonly word: string; readonly spelling: string }>,
): SearchQuery {
  const text = query.text.replace(
    /[\p{L}\p{N}\p{M}]+/gu,
    (typed) => corrections.get(foldText(typed))?.spelling ?? typed,
  )
  return { ...query, text, words: query.words.map((word) => corrections.get(word)?.word ?? word) }
}

/**
 * The text of a `to_tsquery` for Chinese, where each character and each pair of neighbours is a word.
 * Every character must stand in a pair that the piece has, so that 青釉茶壶 finds a 茶壶 in 青釉 although 釉茶 is nowhere;
 * in three characters one may stand alone.
 */
export function hanQueryText(runs: readonly string[]): string {
  return runs.map(runQueryText).join(' & ')
}

function runQueryText(run: string): string {
  const [a = '', b = '', c = ''] = run
  if (run.length <= 2) return run
  if (run.length === 3) return `((${a}${b} & ${c}) | (${a} & ${b}${c}))`
  const pairs = Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2))
  const covered = pairs.slice(1).map((pair, at) => `(${pairs[at]} | ${pair})`)
  return [pairs[0], ...covered, pairs.at(-1)].join(' & ')
}

/** Less strict: every character somewhere in the piece. */
export const looseHanQueryText = (runs: readonly string[]): string => [...new Set(runs.join(''))].join(' & ')
