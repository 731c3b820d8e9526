import { beforeAll, describe, expect, test } from 'vitest'
import type { Locale } from '#lib/domain/locale.ts'
import { parseSearchQuery } from '#lib/domain/search-query.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db } from '../client.ts'
import { searchProducts } from './search-products.ts'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

const search = (locale: Locale, typed: string, page = 1) =>
  searchProducts({ locale, query: parseSearchQuery(typed), page, pageSize: 12 })

async function slugs(locale: Locale, typed: string) {
  return (await search(locale, typed)).products.map((product) => product.slug)
}

describe('the best pieces come first', () => {
  test.each<[Locale, string, readonly string[]]>([
    ['en', 'teapot', ['round-teapot', 'side-handle-teapot']],
    ['en', 'teapots', ['round-teapot', 'side-handle-teapot']],
    ['en', 'celadon teapot', ['round-teapot']],
    ['en', 'moon jar', ['moon-jar']],
    ['en', 'Moon  JAR', ['moon-jar']],
    ['en', 'bowl', ['matcha-bowl', 'noodle-bowl', 'rice-bowl', 'serving-bowl']],
    ['en', 'jug', ['jug']],
    ['en', 'CPT-RT90-CEL', ['round-teapot']],
    ['en', 'teapot with a lid', ['round-teapot']],
    ['fr', 'théière', ['round-teapot', 'side-handle-teapot']],
    ['fr', 'theieres', ['round-teapot', 'side-handle-teapot']],
    ['fr', 'THÉIÈRE RONDE', ['round-teapot']],
    ['fr', 'bol à riz', ['rice-bowl']],
    ['fr', 'boite', ['tea-caddy']],
    ['fr', 'pot à couvercle', ['lidded-jar']],
    ['zh', '壶', ['jug', 'round-teapot', 'side-handle-teapot']],
    ['zh', '茶壶', ['round-teapot']],
    ['zh', '青釉茶壶', ['round-teapot']],
    ['zh', '月亮罐', ['moon-jar']],
    ['zh', '抹茶碗', ['matcha-bowl']],
  ])('%s: %s', async (locale, typed, best) => {
    expect((await slugs(locale, typed)).slice(0, best.length).sort()).toEqual(best)
  })
})

test('“thé” is found as “the”, and the same pieces either way', async () => {
  const [withAccent, without] = [await slugs('fr', 'thé'), await slugs('fr', 'the')]
  expect(withAccent).toContain('tea-caddy')
  expect(without).toEqual(withAccent)
})

test('a glaze is found in every language', async () => {
  for (const [locale, glaze] of [
    ['en', 'celadon'],
    ['fr', 'céladon'],
    ['zh', '青釉'],
  ] as const) {
    expect((await slugs(locale, glaze)).slice(0, 5).sort()).toEqual([
      'bottle-vase',
      'petal-plate',
      'round-teapot',
      'sharing-pitcher',
      'tasting-cup',
    ])
  }
})

test('the script decides the language that is searched, the page the language that is shown', async () => {
  expect(await search('en', '月亮罐')).toMatchObject({ products: [{ name: 'Moon jar' }] })
  expect((await search('zh', 'moon jar')).products[0]).toMatchObject({ name: '月亮罐' })
  expect((await search('en', 'théière ronde')).products[0]).toMatchObject({ name: 'Round teapot' })
})

describe('half a word is enough', () => {
  test.each<[Locale, string, string]>([
    ['en', 'teap', 'round-teapot'],
    ['en', 'round te', 'round-teapot'],
    ['en', 'sauc', 'cup-and-saucer'],
    ['en', 'unglaze', 'side-handle-teapot'],
    ['fr', 'théi', 'round-teapot'],
    ['fr', 'cannel', 'fluted-vase'],
    ['fr', 'cannelé', 'fluted-vase'],
  ])('%s: %s', async (locale, typed, slug) => {
    const found = await search(locale, typed)
    expect(found.to).toBe('asked')
    expect(found.correction).toBeNull()
    expect(found.products.map((product) => product.slug)).toContain(slug)
  })
})

describe('a slip is forgiven, and said', () => {
  test.each<[Locale, string, string, string]>([
    ['en', 'tepot', 'teapot', 'round-teapot'],
    ['en', 'celadn teapot', 'celadon teapot', 'round-teapot'],
    ['en', 'bwol', 'bowl', 'rice-bowl'],
    ['en', 'Tenmku cup', 'tenmoku cup', 'tasting-cup'],
    ['fr', 'teiere', 'théière', 'round-teapot'],
    ['fr', 'théire ronde', 'théière ronde', 'round-teapot'],
    ['fr', 'tepot', 'teapot', 'round-teapot'],
  ])('%s: %s → %s', async (locale, typed, correction, slug) => {
    const found = await search(locale, typed)
    expect(found).toMatchObject({ to: 'corrected', correction })
    expect(found.products.map((product) => product.slug)).toContain(slug)
  })
})

test('what has some of the words is better than nothing', async () => {
  const found = await search('en', 'celadon spaceship')
  expect(found.to).toBe('some')
  expect(found.products.map((product) => product.slug)).toContain('petal-plate')
  expect((await search('zh', '黑盘')).products.map((product) => product.slug)).toContain('dinner-plate')
})

describe('nothing comes of nonsense, and nothing breaks', () => {
  test.each([
    ['empty', ''],
    ['blanks', '   '],
    ['a zero byte', '\u0000'],
    ['control characters', '\u0001\u0002\u001b[31m'.slice(0, 3)],
    ['half a surrogate pair', '\ud83c'],
    ['an emoji', '🏺'],
    ['operators', "& | ! <-> :* ( ) ' \\"],
    ['10 kB', 'q'.repeat(10_000)],
    ['10 kB of words', 'zzzq '.repeat(2_000)],
    ['another script', 'чайник'],
  ])('%s', async (_, typed) => {
    for (const locale of ['en', 'fr', 'zh'] as const) {
      expect(await search(locale, typed)).toMatchObject({ products: [], found: 0, page: 1, pageCount: 1 })
    }
  })

  test.each([
    "teapot'; drop table products; --",
    "teapot' or '1'='1",
    'teapot:*&!|<->',
    '\\teapot\\',
    'teapot\u0000',
    '%teapot_',
  ])('%s', async (typed) => {
    expect((await slugs('en', typed)).slice(0, 2).sort()).toEqual(['round-teapot', 'side-handle-teapot'])
  })
})

test('pages follow each other without gap or repetition, and the last is the last', async () => {
  const page = (wanted: number) =>
    searchProducts({ locale: 'zh', query: parseSearchQuery('釉'), page: wanted, pageSize: 4 })
  const first = await page(1)
  expect(first.pageCount).toBeGreaterThan(2)
  const all = new Set<string>()
  for (let number = 1; number <= first.pageCount; number += 1) {
    for (const product of (await page(number)).products) all.add(product.slug)
  }
  expect(all.size).toBe(first.found)
  expect(await page(1e9)).toMatchObject({ page: first.pageCount })
})
