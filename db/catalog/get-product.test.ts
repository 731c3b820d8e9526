import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { db } from '../client.ts'
import { getProduct } from './get-product.ts'
import { listNewestProducts } from './list-newest-products.ts'
import { listRelatedProducts } from './list-related-products.ts'
import { products, variants } from './schema.ts'
import { seedCatalog } from './seed/seed-catalog.ts'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

test('a piece is told in the language asked for, with what can be chosen in the order of the shop', async () => {
  const piece = await getProduct('fr', 'round-teapot')
  expect(piece).toMatchObject({
    name: 'Théière ronde',
    category: { slug: 'tea', name: 'Art du thé' },
    options: [
      { option: 'glaze', values: [{ value: 'celadon', name: 'Céladon' }, { value: 'tenmoku' }, { value: 'oatmeal' }] },
    ],
  })
  expect(piece?.variants.map((variant) => variant.slug)).toEqual(['celadon', 'tenmoku', 'oatmeal'])
  expect(piece?.variants[0]).toMatchObject({
    priceFen: 46_800n,
    stock: { kind: 'in_stock' },
    material: 'Grès',
    weightG: 620,
  })
})

test('a variant’s own material and weight go before those of the piece', async () => {
  const material = { en: 'Porcelain', fr: 'Porcelaine', zh: '瓷' }
  await db.update(variants).set({ material, weightG: 700 }).where(eq(variants.sku, 'CPT-RT90-TEN'))
  const piece = await getProduct('zh', 'round-teapot')
  expect(piece?.variants.map(({ material, weightG }) => [material, weightG])).toEqual([
    ['炻器', 620],
    ['瓷', 700],
    ['炻器', 620],
  ])
})

test('a piece that was withdrawn is found nowhere', async () => {
  const [newest] = await listNewestProducts('en', 1)
  if (!newest) throw new Error('The seed has no pieces')
  await db.update(products).set({ published: false }).where(eq(products.slug, newest.slug))
  expect(await getProduct('en', newest.slug)).toBeNull()
  expect((await listNewestProducts('en', 24)).map((piece) => piece.slug)).not.toContain(newest.slug)
})

test('related pieces follow on the shelf, go round at its end, and never show the piece itself', async () => {
  const slugs = async (slug: string, limit: number) =>
    (await listRelatedProducts('en', slug, limit)).map((piece) => piece.slug)
  expect(await slugs('round-teapot', 2)).toEqual(['side-handle-teapot', 'gaiwan'])
  expect(await slugs('tasting-cup', 2)).toEqual(['round-teapot', 'side-handle-teapot'])
  expect(await slugs('round-teapot', 24)).toHaveLength(5)
  expect(await slugs('no-such-piece', 4)).toEqual([])
})
