import { eq, sum } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { productTag } from '#lib/domain/cache-tags.ts'
import { variants } from '../catalog/schema.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { INVALIDATIONS_CHANNEL } from '../invalidations/channel.ts'
import { cacheInvalidations } from '../invalidations/schema.ts'
import { adjustStock } from './adjust-stock.ts'
import { stock, stockMovements } from './schema.ts'

const SKU = 'CPT-RT90-CEL'
const PRODUCT = 'round-teapot'
const why = { reason: 'count', actor: 'test' }

let variantId: number
beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  const [variant] = await db.select({ id: variants.id }).from(variants).where(eq(variants.sku, SKU))
  if (!variant) throw new Error(`${SKU} is not in the seed`)
  variantId = variant.id
})
beforeEach(async () => {
  await db.update(stock).set({ onHand: 10, held: 2 }).where(eq(stock.variantId, variantId))
  await sql`truncate stock_movements`
  await db.delete(cacheInvalidations)
})

const invalidated = async () =>
  (await db.select({ tag: cacheInvalidations.tag }).from(cacheInvalidations)).map((row) => row.tag)

test('a sale that leaves plenty changes stock and movement but invalidates nothing', async () => {
  expect(await adjustStock({ sku: SKU, delta: -2, ...why })).toEqual({ ok: true, value: { onHand: 8, available: 6 } })
  expect(await invalidated()).toEqual([])
  const movements = await db.select().from(stockMovements).where(eq(stockMovements.variantId, variantId))
  expect(movements).toMatchObject([{ quantity: -2, reason: 'count', actor: 'test' }])
})

test.each([
  ['in stock → low', -3],
  ['low → sold out', -8],
  ['sold out → in stock', 20],
])('%s invalidates the pages of the product', async (_, delta) => {
  if (delta > 0) await db.update(stock).set({ onHand: 2 }).where(eq(stock.variantId, variantId))
  expect(await adjustStock({ sku: SKU, delta, ...why })).toMatchObject({ ok: true })
  expect(await invalidated()).toEqual([productTag(PRODUCT)])
})

test('units promised to orders cannot be taken, and a refusal leaves no trace', async () => {
  expect(await adjustStock({ sku: SKU, delta: -9, ...why })).toEqual({
    ok: false,
    error: { code: 'not_enough_stock', available: 8 },
  })
  expect(await adjustStock({ sku: 'NO-SUCH', delta: 1, ...why })).toMatchObject({ error: { code: 'unknown_variant' } })
  expect(await adjustStock({ sku: SKU, delta: 0, ...why })).toMatchObject({ error: { code: 'nothing_to_change' } })
  expect(await db.select().from(stockMovements).where(eq(stockMovements.variantId, variantId))).toEqual([])
  expect(await invalidated()).toEqual([])
})

test('twenty at once for eight units: eight succeed, the movements add up, the last state is announced', async () => {
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => adjustStock({ sku: SKU, delta: -1, ...why })))
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(8)
  const [row] = await db.select().from(stock).where(eq(stock.variantId, variantId))
  expect(row).toMatchObject({ onHand: 2, held: 2 })
  const [moved] = await db
    .select({ units: sum(stockMovements.quantity) })
    .from(stockMovements)
    .where(eq(stockMovements.variantId, variantId))
  expect(moved?.units).toBe('-8')
  expect(await invalidated()).toEqual([productTag(PRODUCT)])
})

test('the announcement comes with the commit and not with a rollback', async () => {
  let heard = 0
  const listening = await sql.listen(INVALIDATIONS_CHANNEL, () => {
    heard += 1
  })
  const rolledBack = db.transaction(async (tx) => {
    await adjustStock({ sku: SKU, delta: -8, ...why }, tx)
    tx.rollback()
  })
  await expect(rolledBack).rejects.toThrow()
  expect(await invalidated()).toEqual([])

  await adjustStock({ sku: SKU, delta: -8, ...why })
  await expect.poll(() => heard).toBe(1)
  await listening.unlisten()
})
