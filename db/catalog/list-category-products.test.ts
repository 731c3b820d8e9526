import { beforeAll, expect, test } from 'vitest'
import { db } from '../client.ts'
import { listCategoryProducts } from './list-category-products.ts'
import { seedCatalog } from './seed/seed-catalog.ts'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

const slugs = (page: Awaited<ReturnType<typeof listCategoryProducts>>) => page?.products.map((product) => product.slug)

test('pages follow each other in the order of the shelf and tell how many there are', async () => {
  const whole = await listCategoryProducts({ locale: 'en', category: 'tea', page: 1 })
  const first = await listCategoryProducts({ locale: 'en', category: 'tea', page: 1, pageSize: 4 })
  const second = await listCategoryProducts({ locale: 'en', category: 'tea', page: 2, pageSize: 4 })

  expect(slugs(whole)?.[0]).toBe('round-teapot')
  expect([...(slugs(first) ?? []), ...(slugs(second) ?? [])]).toEqual(slugs(whole))
  expect(first).toMatchObject({ page: 1, pageCount: 2, productCount: 6 })
})
test('null for a page after the last and for an unknown shelf', async () => {
  expect(await listCategoryProducts({ locale: 'en', category: 'tea', page: 2 })).toBeNull()
  expect(await listCategoryProducts({ locale: 'en', category: 'hats', page: 1 })).toBeNull()
})
