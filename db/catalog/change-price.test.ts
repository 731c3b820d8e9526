import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { productTag } from '#lib/domain/cache-tags.ts'
import { toFen } from '#lib/domain/money.ts'
import { db } from '../client.ts'
import { cacheInvalidations } from '../invalidations/schema.ts'
import { changePrice } from './change-price.ts'
import { getProduct } from './get-product.ts'
import { priceChanges, variants } from './schema.ts'
import { seedCatalog } from './seed/seed-catalog.ts'

const SKU = 'CPT-RT90-CEL'
const why = { reason: 'spring list', actor: 'test' }

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

test('a new price is sold at, remembered and announced', async () => {
  expect(await changePrice({ sku: SKU, priceFen: toFen(50_000n), ...why })).toEqual({
    ok: true,
    value: { fromFen: 46_800n },
  })
  const product = await getProduct('en', 'round-teapot')
  expect(product?.variants.find((variant) => variant.sku === SKU)?.priceFen).toBe(50_000n)
  expect(await db.select().from(priceChanges)).toMatchObject([{ fromFen: 46_800n, toFen: 50_000n, actor: 'test' }])
  expect(await db.select({ tag: cacheInvalidations.tag }).from(cacheInvalidations)).toEqual([
    { tag: productTag('round-teapot') },
  ])
})

test.each([
  ['zero', SKU, 0n, 'price_not_positive'],
  ['negative', SKU, -1n, 'price_not_positive'],
  ['the same price', SKU, 50_000n, 'nothing_to_change'],
  ['an unknown variant', 'NO-SUCH', 100n, 'unknown_variant'],
] as const)('%s is refused and leaves no trace', async (_, sku, amount, code) => {
  const before = await db.select().from(priceChanges)
  expect(await changePrice({ sku, priceFen: toFen(amount), ...why })).toEqual({ ok: false, error: { code } })
  expect(await db.select().from(priceChanges)).toEqual(before)
  const [variant] = await db.select().from(variants).where(eq(variants.sku, SKU))
  expect(variant?.priceFen).toBe(50_000n)
})
