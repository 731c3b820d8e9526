import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { products, variants } from '../catalog/schema.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db } from '../client.ts'
import { stock } from '../stock/schema.ts'
import { changeCart } from './change-cart.ts'
import { readCart } from './read-cart.ts'
import { carts } from './schema.ts'

const TEAPOT = 'CPT-RT90-CEL' // 9 in stock
const CUP = 'CPT-TC65-CEL' // 46 in stock

const newToken = () => randomBytes(32).toString('base64url')
const change = (token: string, operation: 'add' | 'set' | 'remove', sku: string, quantity = 1) =>
  changeCart({ token, operation, sku, quantity, locale: 'en' })
const quantities = async (token: string) => (await readCart(token, 'en')).map(({ sku, quantity }) => [sku, quantity])

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

test('a change answers with the whole cart, in the order of adding, in the asked language', async () => {
  const token = newToken()
  await change(token, 'add', TEAPOT)
  const { outcome, lines } = await changeCart({ token, operation: 'add', sku: CUP, quantity: 2, locale: 'zh' })
  expect(outcome).toEqual({ kind: 'done', quantity: 2 })
  expect(lines).toMatchObject([
    { sku: TEAPOT, name: '圆壶', options: '青釉', quantity: 1, unitPrice: 46_800n, priceSeen: 46_800n, available: 9 },
    { sku: CUP, quantity: 2, unitPrice: 4_800n },
  ])
  expect(await readCart(token, 'zh')).toEqual(lines)
})

test('no more goes in than can be had, and it is said', async () => {
  const token = newToken()
  expect((await change(token, 'add', TEAPOT, 8)).outcome).toEqual({ kind: 'done', quantity: 8 })
  expect((await change(token, 'add', TEAPOT, 8)).outcome).toEqual({ kind: 'limited', quantity: 9 })
  expect((await change(token, 'set', TEAPOT, 99)).outcome).toEqual({ kind: 'limited', quantity: 9 })
  expect((await change(token, 'set', TEAPOT, 2)).outcome).toEqual({ kind: 'done', quantity: 2 })
})

test('a sold out, an unknown and a withdrawn piece change nothing', async () => {
  const token = newToken()
  await db.update(stock).set({ held: 9 }).where(eq(stock.onHand, 9))
  expect((await change(token, 'add', TEAPOT)).outcome).toEqual({ kind: 'sold_out' })
  await db.update(stock).set({ held: 0 }).where(eq(stock.held, 9))
  expect((await change(token, 'add', 'NO-SUCH')).outcome).toEqual({ kind: 'unknown_piece' })
  await db.update(products).set({ published: false }).where(eq(products.slug, 'round-teapot'))
  expect((await change(token, 'add', TEAPOT)).outcome).toEqual({ kind: 'unknown_piece' })
  await db.update(products).set({ published: true }).where(eq(products.slug, 'round-teapot'))
  expect(await quantities(token)).toEqual([])
})

test('a withdrawn piece stays visible as sold out, and can be removed and put back', async () => {
  const token = newToken()
  await change(token, 'add', CUP, 3)
  await db.update(products).set({ published: false }).where(eq(products.slug, 'tasting-cup'))
  expect(await readCart(token, 'en')).toMatchObject([{ sku: CUP, quantity: 3, available: 0 }])
  expect((await change(token, 'remove', CUP)).lines).toEqual([])
  await db.update(products).set({ published: true }).where(eq(products.slug, 'tasting-cup'))
  expect((await change(token, 'set', CUP, 3)).lines).toMatchObject([{ sku: CUP, quantity: 3, available: 46 }])
})

test('the price that was seen stays until the piece is chosen again', async () => {
  const token = newToken()
  await change(token, 'add', CUP)
  await db.update(variants).set({ priceFen: 5_000n }).where(eq(variants.sku, CUP))
  expect(await readCart(token, 'en')).toMatchObject([{ unitPrice: 5_000n, priceSeen: 4_800n }])
  await change(token, 'add', TEAPOT)
  expect((await readCart(token, 'en'))[0]).toMatchObject({ unitPrice: 5_000n, priceSeen: 4_800n })
  expect((await change(token, 'set', CUP, 2)).lines[0]).toMatchObject({ unitPrice: 5_000n, priceSeen: 5_000n })
  await db.update(variants).set({ priceFen: 4_800n }).where(eq(variants.sku, CUP))
})

test('fifty adds at once all count', async () => {
  const token = newToken()
  const many = 'CPT-RB10-IVO' // 52 in stock
  await Promise.all(Array.from({ length: 50 }, () => change(token, 'add', many)))
  expect(await quantities(token)).toEqual([[many, 50]])
  await Promise.all(Array.from({ length: 20 }, () => change(token, 'add', many)))
  expect(await quantities(token)).toEqual([[many, 52]])
})

test('two tabs that change different pieces at once both keep their change', async () => {
  const token = newToken()
  await Promise.all([change(token, 'add', TEAPOT), change(token, 'add', CUP, 4)])
  expect((await quantities(token)).sort()).toEqual(
    [
      [TEAPOT, 1],
      [CUP, 4],
    ].sort(),
  )
})

test.each([undefined, '', 'x', "' or 1=1 --", 'A'.repeat(44), '\u0000'.repeat(43), 'é'.repeat(43)])(
  'the forged token %j opens an empty cart',
  async (token) => {
    expect(await readCart(token, 'en')).toEqual([])
  },
)

test('a cart is found by its secret only, and the table does not hold the secret', async () => {
  const token = newToken()
  await change(token, 'add', CUP)
  expect(await readCart(newToken(), 'en')).toEqual([])
  for (const { tokenHash } of await db.select().from(carts)) expect(tokenHash.toString('base64url')).not.toBe(token)
})

test('any sequence of changes leaves what a plain map would hold', async () => {
  const stocked = new Map([
    [TEAPOT, 9],
    [CUP, 46],
  ])
  const command = fc.record({
    operation: fc.constantFrom('add' as const, 'set' as const, 'remove' as const),
    sku: fc.constantFrom(TEAPOT, CUP),
    quantity: fc.integer({ min: 1, max: 99 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 12 }), async (commands) => {
      const token = newToken()
      const model = new Map<string, number>()
      for (const { operation, sku, quantity } of commands) {
        const wanted = (operation === 'add' ? (model.get(sku) ?? 0) : 0) + quantity
        if (operation === 'remove') model.delete(sku)
        else model.set(sku, Math.min(wanted, stocked.get(sku) ?? 0, 99))
        await change(token, operation, sku, quantity)
      }
      expect(new Map((await quantities(token)) as [string, number][])).toEqual(model)
    }),
    { numRuns: 40 },
  )
})
