import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { parseSearchQuery } from '#lib/domain/search-query.ts'
import { categories, optionValues, products, variants } from '../catalog/schema.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db } from '../client.ts'
import { productSearch } from './schema.ts'
import { searchProducts } from './search-products.ts'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

const JUG = eq(products.slug, 'jug')
const inAll = (text: string) => ({ en: text, fr: text, zh: text })

async function find(typed: string): Promise<string[]> {
  const found = await searchProducts({ locale: 'en', query: parseSearchQuery(typed), page: 1 })
  return found.to === 'asked' ? found.products.map((product) => product.slug) : []
}
const jugId = async () => (await db.select({ id: products.id }).from(products).where(JUG))[0]?.id ?? 0
const rowsOfJug = async () => db.$count(productSearch, eq(productSearch.productId, await jugId()))

beforeEach(async () => {
  await db
    .update(products)
    .set({ name: inAll('Jug'), published: true })
    .where(JUG)
})

test('a new name is found at once and the old one no more', async () => {
  await db
    .update(products)
    .set({ name: inAll('Quokka') })
    .where(JUG)
  expect(await find('quokka')).toEqual(['jug'])
  await db
    .update(products)
    .set({ name: inAll('Jug') })
    .where(JUG)
  expect(await find('quokka')).toEqual([])
})

test('a word whose last piece is gone corrects nothing any more', async () => {
  const corrected = async () =>
    (await searchProducts({ locale: 'en', query: parseSearchQuery('quolll'), page: 1 })).correction
  await db
    .update(products)
    .set({ name: inAll('Quoll') })
    .where(JUG)
  expect(await corrected()).toBe('quoll')
  await db
    .update(products)
    .set({ name: inAll('Jug') })
    .where(JUG)
  expect(await corrected()).toBeNull()
})

test('inside a transaction it is found by its writer; after a rollback it never was', async () => {
  const undo = new Error('undo')
  const attempt = db.transaction(async (tx) => {
    await tx
      .update(products)
      .set({ name: inAll('Wombat') })
      .where(JUG)
    const [row] = await tx.execute(
      sql`select count(*)::int as found from product_search where heading @@ to_tsquery('simple', 'wombat')`,
    )
    expect(row).toEqual({ found: 3 })
    throw undo
  })
  await expect(attempt).rejects.toBe(undo)
  expect(await find('wombat')).toEqual([])
})

test('what is not published is not found, in no language, until it is again', async () => {
  await db.update(products).set({ published: false }).where(JUG)
  expect(await rowsOfJug()).toBe(0)
  await db.update(products).set({ published: true }).where(JUG)
  expect(await rowsOfJug()).toBe(3)
})

test('a shelf that is renamed takes its pieces along', async () => {
  await db
    .update(categories)
    .set({ name: inAll('Numbats') })
    .where(eq(categories.slug, 'serving'))
  expect((await find('numbats')).sort()).toEqual(['jug', 'lidded-jar', 'oval-platter', 'serving-bowl'])
})

test('a piece that moves to another shelf is found there', async () => {
  const [vases] = await db.select({ id: categories.id }).from(categories).where(eq(categories.slug, 'vases'))
  await db
    .update(products)
    .set({ categoryId: vases?.id ?? 0 })
    .where(JUG)
  expect(await find('vases')).toContain('jug')
})

test('an option value that is renamed, or added, is found under its name', async () => {
  await db
    .update(optionValues)
    .set({ name: inAll('Bandicoot') })
    .where(eq(optionValues.value, 'cobalt'))
  expect(await find('bandicoot')).toContain('jug')
  await db
    .update(variants)
    .set({ options: { glaze: 'potoroo' } })
    .where(eq(variants.productId, await jugId()))
  expect(await find('bandicoot')).not.toContain('jug')
  await db.insert(optionValues).values({ option: 'glaze', value: 'potoroo', position: 99, name: inAll('Potoroo') })
  expect(await find('potoroo')).toEqual(['jug'])
  await db.delete(optionValues).where(eq(optionValues.value, 'potoroo'))
  expect(await find('potoroo')).toEqual([])
})

test('a variant that comes or goes takes its own words along', async () => {
  const [one] = await db
    .select()
    .from(variants)
    .where(eq(variants.productId, await jugId()))
    .limit(1)
  if (!one) throw new Error('the jug has no variant')
  const { id: _, ...values } = one
  const added = { ...values, sku: 'CPT-NEW-1', slug: 'new', material: inAll('Bilby clay') }
  await db.insert(variants).values(added)
  expect(await find('bilby')).toEqual(['jug'])
  await db.delete(variants).where(eq(variants.sku, added.sku))
  expect(await find('bilby')).toEqual([])
})

test('a piece without a variant is not found', async () => {
  const [jug] = await db.select().from(products).where(JUG)
  if (!jug) throw new Error('the jug is missing')
  const { id: _, ...values } = jug
  await db.insert(products).values({ ...values, slug: 'ghost', name: inAll('Ghost') })
  expect(await find('ghost')).toEqual([])
})

test('a new price leaves the search rows alone', async () => {
  const version = () =>
    db.execute(
      sql`select s.xmin::text from product_search s join products p on p.id = s.product_id where p.slug = 'jug'`,
    )
  const before = await version()
  await db
    .update(variants)
    .set({ priceFen: 12_345n })
    .where(eq(variants.productId, await jugId()))
  expect(await version()).toEqual(before)
})

test('two who change one piece at the same time are both heard', async () => {
  const id = await jugId()
  let renamed: Promise<unknown> = Promise.resolve()
  await db.transaction(async (tx) => {
    await tx
      .update(variants)
      .set({ material: inAll('Kowari clay') })
      .where(eq(variants.productId, id))
    renamed = db
      .update(products)
      .set({ name: inAll('Dunnart') })
      .where(eq(products.id, id))
    renamed.catch(() => undefined)
    await waitForLock()
  })
  await renamed
  expect(await find('dunnart kowari')).toEqual(['jug'])
})

/** Until some session waits for another one, i.e. the second writer has come to the piece that the first holds. */
async function waitForLock() {
  for (;;) {
    const [row] = await db.execute<{ waiting: boolean }>(
      sql`select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waiting`,
    )
    if (row?.waiting) return
  }
}
