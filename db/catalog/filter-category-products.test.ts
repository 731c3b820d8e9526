import { beforeAll, expect, test } from 'vitest'
import { toFen } from '#lib/domain/money.ts'
import { db } from '../client.ts'
import { adjustStock } from '../stock/adjust-stock.ts'
import type { CategoryFilter } from './category-filter.ts'
import { filterCategoryProducts, type ProductSort } from './filter-category-products.ts'
import { seedCatalog } from './seed/seed-catalog.ts'

const OPEN: CategoryFilter = { options: {}, priceFromFen: null, priceToFen: null, inStock: false }

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

async function find(filter: Partial<CategoryFilter>, sort: ProductSort = 'featured', page = 1, pageSize = 24) {
  const found = await filterCategoryProducts({
    locale: 'en',
    category: 'tea',
    filter: { ...OPEN, ...filter },
    sort,
    page,
    pageSize,
  })
  const glazes = found?.facets.find((facet) => facet.option === 'glaze')?.values ?? []
  return {
    found,
    slugs: found?.products.map((product) => product.slug),
    glaze: Object.fromEntries(glazes.map((value) => [value.value, value.products])),
  }
}

test('no filter shows the shelf; a value keeps pieces that have it and leaves the other values of its option open', async () => {
  const all = await find({})
  expect(all.slugs).toHaveLength(6)
  expect(all.glaze).toMatchObject({ celadon: 3, tenmoku: 2, ivory: 2, cobalt: 1 })

  const two = await find({ options: { glaze: ['tenmoku', 'cobalt'] } })
  expect(two.slugs).toHaveLength(3)
  expect(two.glaze).toEqual(all.glaze)
})

test('one variant must meet the whole filter: its price, its glaze and its stock', async () => {
  const dear = await find({ priceFromFen: toFen(49_000n) })
  expect(dear.slugs).toEqual(['round-teapot'])
  expect(dear.glaze).toMatchObject({ tenmoku: 1, celadon: 0 })
  expect((await find({ priceFromFen: toFen(49_000n), options: { glaze: ['celadon'] } })).slugs).toEqual([])

  const before = await find({ options: { glaze: ['celadon'] }, inStock: true })
  expect(before.slugs).toContain('round-teapot')
  expect(await adjustStock({ sku: 'CPT-RT90-CEL', delta: -9, reason: 'test', actor: 'test' })).toMatchObject({
    ok: true,
  })
  const after = await find({ options: { glaze: ['celadon'] }, inStock: true })
  expect(after.slugs).not.toContain('round-teapot')
  expect(after.glaze['celadon']).toBe((before.glaze['celadon'] ?? 0) - 1)
})

test('sorts by the lowest price of what matches, both ways, and pages without gaps', async () => {
  const up = await find({}, 'price_up')
  const prices = up.found?.products.map((product) => Number(product.priceFromFen))
  expect(prices).toEqual(prices?.toSorted((a, b) => a - b))
  expect((await find({}, 'price_down')).slugs?.[0]).toBe(up.slugs?.at(-1))

  const pages = [await find({}, 'price_up', 1, 4), await find({}, 'price_up', 2, 4)]
  expect(pages.flatMap((page) => page.slugs)).toEqual(up.slugs)
  expect(pages[0]?.found).toMatchObject({ pageCount: 2, productCount: 6 })
  expect((await find({}, 'price_up', 3, 4)).found).toBeNull()
})

test('an option or value that nobody has finds nothing, without an error', async () => {
  expect((await find({ options: { wheels: ['4'] } })).slugs).toEqual([])
  expect((await find({ options: { glaze: ["'; drop table products --"] } })).slugs).toEqual([])
})
