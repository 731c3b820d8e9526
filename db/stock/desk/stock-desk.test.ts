import { eq, sum } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { auditLog } from '../../audit-log/schema.ts'
import { variants } from '../../catalog/schema.ts'
import { seedCatalog } from '../../catalog/seed/seed-catalog.ts'
import { db, sql } from '../../client.ts'
import { samplePermit } from '../../testing/sample-permit.ts'
import { adjustStock } from '../adjust-stock.ts'
import { stock, stockMovements } from '../schema.ts'
import { correctStock } from './correct-stock.ts'
import { listMovements } from './list-movements.ts'
import { listStock } from './list-stock.ts'
import { receiveGoods } from './receive-goods.ts'
import { setLowAt } from './set-low-at.ts'

const SKU = 'CPT-RT90-CEL'
const adjust = samplePermit('stock.adjust')
const read = samplePermit('catalogue.read')

let variantId: number
beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  const [variant] = await db.select({ id: variants.id }).from(variants).where(eq(variants.sku, SKU))
  variantId = variant?.id ?? 0
})
beforeEach(async () => {
  await db.update(stock).set({ onHand: 10, held: 2, lowAt: null }).where(eq(stock.variantId, variantId))
  await sql`truncate stock_movements`
})

const count = (units: number, onHandSeen: number) =>
  correctStock(adjust, { sku: SKU, reason: 'counted', units, onHandSeen, note: '' })

test('a count, a breakage and a find move the stock to what is there, with who and why', async () => {
  expect(await count(9, 10)).toMatchObject({ ok: true, value: { onHand: 9, available: 7 } })
  const broken = { sku: SKU, reason: 'damaged', units: 2, onHandSeen: 0, note: 'chipped foot' } as const
  expect(await correctStock(adjust, broken)).toMatchObject({ value: { onHand: 7 } })
  expect(await correctStock(adjust, { ...broken, units: 6 })).toMatchObject({
    error: { code: 'not_enough_stock', available: 5 },
  })
  const { movements } = await listMovements(read, variantId, null)
  expect(movements.map(({ quantity, reason }) => [quantity, reason])).toEqual([
    [-2, 'damaged: chipped foot'],
    [-1, 'counted'],
  ])
  const entries = await db.select().from(auditLog).where(eq(auditLog.aboutId, SKU))
  expect(entries.map(({ before, after }) => [before, after])).toEqual([
    [{ onHand: 10 }, { onHand: 9 }],
    [{ onHand: 9 }, { onHand: 7 }],
  ])
})

test('a count is refused when some were sold since, and two people who count at once count once', async () => {
  await adjustStock({ sku: SKU, delta: -1, reason: 'sold', actor: 'test' })
  expect(await count(12, 10)).toEqual({ ok: false, error: { code: 'changed_meanwhile', onHand: 9 } })
  const counted = await Promise.all(Array.from({ length: 10 }, () => count(12, 9)))
  expect(counted.filter(({ ok }) => ok)).toHaveLength(1)
  const [row] = await db.select().from(stock).where(eq(stock.variantId, variantId))
  expect(row?.onHand).toBe(12)
})

test('a delivery is booked whole or not at all; deliveries of the same pieces in any order never block each other', async () => {
  const skus = (await db.select({ sku: variants.sku }).from(variants).limit(12)).map(({ sku }) => sku)
  const lines = skus.map((sku) => ({ sku, units: 2 }))
  expect(await receiveGoods(adjust, { lines: [...lines, { sku: 'NO-SUCH', units: 1 }], note: '' })).toEqual({
    ok: false,
    error: { code: 'unknown_skus', skus: ['NO-SUCH'] },
  })
  expect(await db.$count(stockMovements)).toBe(0)
  const deliveries = Array.from({ length: 12 }, (_, i) => ({
    lines: i % 2 ? lines : lines.toReversed(),
    note: `delivery ${i}`,
  }))
  for (const received of await Promise.all(deliveries.map((delivery) => receiveGoods(adjust, delivery))))
    expect(received).toEqual({ ok: true, value: { units: 24 } })
  const [moved] = await db.select({ units: sum(stockMovements.quantity) }).from(stockMovements)
  expect(moved?.units).toBe('288')
})

test('what runs low is by the number of the shop, or by its own', async () => {
  const isLow = async (lowUnits: number) =>
    (await listStock(read, { locale: 'en', words: SKU, low: true, lowUnits, afterId: null })).lines.length === 1
  expect(await isLow(7)).toBe(false)
  expect(await isLow(8)).toBe(true)
  await setLowAt(adjust, { sku: SKU, lowAt: 3 })
  expect(await isLow(8)).toBe(false)
  await setLowAt(adjust, { sku: SKU, lowAt: 20 })
  expect(await isLow(0)).toBe(true)
})
