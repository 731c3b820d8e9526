import { beforeAll, expect, test } from 'vitest'
import type { Locale } from '#lib/domain/locale.ts'
import { parseSearchQuery } from '#lib/domain/search-query.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db } from '../client.ts'
import { suggest } from './suggest.ts'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

const names = async (locale: Locale, typed: string) =>
  (await suggest(parseSearchQuery(typed), locale)).map(({ kind, name }) => `${kind}: ${name}`)

test.each<[Locale, string, readonly string[]]>([
  ['en', 'teap', ['product: Round teapot', 'product: Side-handle teapot']],
  ['en', 'tepot', ['product: Round teapot', 'product: Side-handle teapot']],
  ['en', 'vases', ['category: Vases']],
  ['fr', 'assi', ['category: Bols et assiettes']],
  ['zh', '花器', ['category: 花器']],
  ['zh', '月', ['product: 月亮罐']],
])('%s: %s', async (locale, typed, some) => {
  expect(await names(locale, typed)).toEqual(expect.arrayContaining([...some]))
})

test('shelves come first, eight in all at most', async () => {
  const found = await suggest(parseSearchQuery('t'), 'en')
  expect(found).toHaveLength(8)
  expect(found[0]).toEqual({ kind: 'category', slug: 'tea', name: 'Tea ware' })
})

test.each(['', '\u0000', '🏺', 'qqqqq', "'"])('%j suggests nothing', async (typed) => {
  expect(await names('en', typed)).toEqual([])
})
