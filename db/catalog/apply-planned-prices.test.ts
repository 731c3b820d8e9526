import { asc, desc, eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { productTag } from '#lib/domain/cache-tags.ts'
import { toFen } from '#lib/domain/money.ts'
import { db, sql } from '../client.ts'
import { cacheInvalidations } from '../invalidations/schema.ts'
import { samplePermit } from '../testing/sample-permit.ts'
import { applyPlannedPrices } from './apply-planned-prices.ts'
import { planPrice } from './desk/plan-price.ts'
import { readDeskProduct } from './desk/read-desk-product.ts'
import { setPrice } from './desk/set-price.ts'
import { withdrawPrice } from './desk/withdraw-price.ts'
import { priceChanges, products, variants } from './schema.ts'
import { seedCatalog } from './seed/seed-catalog.ts'

const edit = samplePermit('catalogue.edit')
const NOW = new Date('2026-11-21T08:00:00Z')
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

let productId: number
let variantId: number
beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
  const [row] = await db
    .select({ productId: products.id, variantId: variants.id })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(products.slug, 'moon-jar'))
    .orderBy(asc(variants.position))
    .limit(1)
  if (!row) throw new Error('no moon jar')
  ;({ productId, variantId } = row)
})

async function show() {
  const product = await readDeskProduct(samplePermit('catalogue.read'), productId)
  const variant = product?.variants.find(({ id }) => id === variantId)
  if (!product || !variant) throw new Error('the moon jar has gone')
  return { product, variant, seen: { productId, version: product.version } }
}
const plan = async (fen: bigint, minutes: number) =>
  planPrice(edit, (await show()).seen, {
    ...{ variantId, priceFen: toFen(fen), startsAt: at(minutes), reason: 'spring', now: NOW },
  })

test('planned prices begin at their moment, in order, once, with history, job and new pages', async () => {
  expect(await plan(50_000n, 0)).toMatchObject({ error: { code: 'in_the_past' } })
  expect(await plan(60_000n, 20)).toMatchObject({ ok: true })
  expect(await plan(50_000n, 10)).toMatchObject({ ok: true })
  expect(await plan(51_000n, 10)).toMatchObject({ error: { code: 'moment_taken' } })
  const before = await show()
  expect(before.variant.planned.map(({ priceFen }) => priceFen)).toEqual([50_000n, 60_000n])
  const jobs = await sql`select start_after from pgboss.job where name = 'apply-planned-prices' order by start_after`
  expect(jobs.map((job) => new Date(job['start_after']))).toEqual([at(10), at(20)])

  expect(await applyPlannedPrices(at(9))).toBe(0)
  expect((await show()).variant.priceFen).toBe(before.variant.priceFen)
  await db.delete(cacheInvalidations)
  const [one, two] = await Promise.all([applyPlannedPrices(at(10)), applyPlannedPrices(at(10))])
  expect(one + two).toBe(1)
  expect((await show()).variant).toMatchObject({ priceFen: 50_000n, planned: [{ priceFen: 60_000n }] })
  expect(await db.select({ tag: cacheInvalidations.tag }).from(cacheInvalidations)).toEqual([
    { tag: productTag('moon-jar') },
  ])
  expect((await show()).product.version).toBe(before.product.version + 1)

  expect(await applyPlannedPrices(at(60))).toBe(1)
  const history = await db.select().from(priceChanges).orderBy(desc(priceChanges.id))
  expect(history.map(({ toFen: to }) => to)).toEqual([60_000n, 50_000n])
  expect(history[0]).toMatchObject({ reason: 'spring', actor: 'staff:00000000-0000-4000-8000-000000000001' })
})

test('a price that was withdrawn does not begin, and one that began is not withdrawn', async () => {
  await plan(70_000n, 90)
  const [planned] = (await show()).variant.planned
  if (!planned) throw new Error('nothing is planned')
  const withdraw = async () => withdrawPrice(edit, (await show()).seen, { plannedId: planned.id, now: at(80) })
  expect(await withdraw()).toMatchObject({ ok: true })
  expect(await applyPlannedPrices(at(100))).toBe(0)
  expect(await withdraw()).toMatchObject({ error: { code: 'not_planned' } })
})

test('a price that is set at once is remembered; the same price is nothing to change', async () => {
  const set = async () =>
    setPrice(edit, (await show()).seen, { variantId, priceFen: toFen(88_800n), reason: 'slip of the pen' })
  expect(await set()).toMatchObject({ ok: true })
  expect(await set()).toMatchObject({ error: { code: 'nothing_to_change' } })
  expect((await show()).variant.priceFen).toBe(88_800n)
})
