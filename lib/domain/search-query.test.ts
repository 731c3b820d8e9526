import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  asksNothing,
  foldText,
  hanQueryText,
  looseHanQueryText,
  parseSearchQuery,
  replaceWords,
  searchLanguages,
} from './search-query.ts'

test.each([
  ['Teapot', ['teapot'], []],
  ['  celadon   TEAPOT ', ['celadon', 'teapot'], []],
  ['Théière d’hôte', ['theiere', 'd', 'hote'], []],
  ['ＴＥＡ', ['tea'], []],
  ['œuf à la coque', ['oeuf', 'a', 'la', 'coque'], []],
  ['CPT-RT90-CEL', ['cpt', 'rt90', 'cel'], []],
  ['青釉 茶壶', [], ['青釉', '茶壶']],
  ['mug 青釉', ['mug'], ['青釉']],
  ["'; drop table products; --", ['drop', 'table', 'products'], []],
  ['a & b | !c:* <-> (d)', ['a', 'b', 'c', 'd'], []],
  ['\u0000\u0007\u200b', [], []],
  ['🏺', [], []],
  ['', [], []],
] as const)('%j asks for %j %j', (typed, words, han) => {
  expect(parseSearchQuery(typed)).toMatchObject({ words, han })
})

describe('what is kept is bounded', () => {
  test('characters', () => expect(parseSearchQuery('x'.repeat(10_000)).text).toHaveLength(100))
  test('words', () => expect(parseSearchQuery('a b c d e f g h i j').words).toHaveLength(8))
  test('Han', () => expect(parseSearchQuery('壶'.repeat(90)).han).toEqual(['壶'.repeat(16)]))
})

test('whatever is typed, nothing is thrown and only letters, digits and Han are left', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' })), (typed) => {
      const query = parseSearchQuery(typed)
      expect([...query.text].length).toBeLessThanOrEqual(100)
      expect(query.text).not.toMatch(/[\p{Cc}\ud800-\udfff]/u)
      expect(() => encodeURIComponent(query.text)).not.toThrow()
      for (const word of query.words) expect(word).toMatch(/^[a-z0-9]+$/)
      for (const run of query.han) expect(run).toMatch(/^[\u3400-\u4dbf\u4e00-\u9fff]+$/)
      expect(asksNothing(query)).toBe(query.words.length + query.han.length === 0)
    }),
  )
})

test('what was tidied stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
      const { text } = parseSearchQuery(typed)
      expect(parseSearchQuery(text).text).toBe(text)
    }),
  )
})

test('accents and capitals make no difference', () => {
  expect(foldText('ÉMAIL CÉLADON, Cœur, Straße, Øre, Łódź')).toBe('email celadon, coeur, strasse, ore, lodz')
})

test.each([
  ['teapot', 'en', ['en', 'fr']],
  ['teapot', 'fr', ['fr', 'en']],
  ['teapot', 'zh', ['en', 'fr']],
  ['茶壶', 'en', ['zh']],
  ['mug 茶壶', 'fr', ['zh']],
] as const)('%s on a page in %s is looked up in %j', (typed, locale, languages) => {
  expect(searchLanguages(parseSearchQuery(typed), locale)).toEqual(languages)
})

test.each([
  [['壶'], '壶'],
  [['茶壶'], '茶壶'],
  [['青釉壶'], '((青釉 & 壶) | (青 & 釉壶))'],
  [['青釉茶壶'], '青釉 & (青釉 | 釉茶) & (釉茶 | 茶壶) & 茶壶'],
  [['青釉', '茶壶'], '青釉 & 茶壶'],
])('%j in pairs is %s', (runs, text) => {
  expect(hanQueryText(runs)).toBe(text)
})

test('loosely, each character counts once', () => {
  expect(looseHanQueryText(['茶壶', '茶碗'])).toBe('茶 & 壶 & 碗')
})

test('a corrected question reads as the shopper wrote it, but for the corrected words', () => {
  const query = parseSearchQuery('Blue Teiere, please')
  const corrected = replaceWords(query, new Map([['teiere', { word: 'theiere', spelling: 'théière' }]]))
  expect(corrected).toMatchObject({ text: 'Blue théière, please', words: ['blue', 'theiere', 'please'] })
})
