import { count } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '../../client.ts'
import { stock } from '../../stock/schema.ts'
import { products, variants } from '../schema.ts'
import { readCatalog } from './read-catalog.ts'
import { seedCatalog } from './seed-catalog.ts'

const pieces = readCatalog().products
const rowsOf = async (table: typeof products | typeof variants | typeof stock) =>
  (await db.select({ rows: count() }).from(table))[0]?.rows

test('an empty shop is filled once, also when two starts do it at the same time', async () => {
  const now = new Date('2026-11-21T08:00:00Z')
  const written = await Promise.all([seedCatalog(db, now), seedCatalog(db, now)])
  expect(written.toSorted((a, b) => a - b)).toEqual([0, pieces.length])

  const skus = pieces.flatMap((piece) => piece.variants)
  expect(await rowsOf(products)).toBe(pieces.length)
  expect(await rowsOf(variants)).toBe(skus.length)
  expect(await rowsOf(stock)).toBe(skus.length)
  expect(await seedCatalog(db, now)).toBe(0)
})
