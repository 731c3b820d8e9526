import { randomUUID } from 'node:crypto'
import { asc, count, eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { addFen, timesFen, toFen } from '#lib/domain/money.ts'
import { products, variants } from '../catalog/schema.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { cacheInvalidations } from '../invalidations/schema.ts'
import { payments } from '../payments/schema.ts'
import { feeOf, placeSample, sampleOrder, setStock, stockOf } from '../testing/sample-order.ts'
import { placeOrder } from './place-order.ts'
import { orderAddresses, orderEvents, orderLines, orders } from './schema.ts'

const TEAPOT = 'CPT-RT90-CEL'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate orders cascade`
  await sql`delete from pgboss.job`
  await db.delete(cacheInvalidations)
  await setStock(TEAPOT, 20)
})

/** Deadlocks that the server broke up in this database so far, also those that a retry hid. */
const deadlocks = async () => {
  await sql`select pg_stat_clear_snapshot()`
  return (await sql`select deadlocks from pg_stat_database where datname = current_database()`)[0]?.['deadlocks']
}
const orderCount = async () => (await db.select({ n: count() }).from(orders))[0]?.n

test('an order is whole: lines, address, totals, hold, payment, first event, jobs', async () => {
  const now = new Date('2026-11-21T12:00:00.000Z')
  const input = await sampleOrder({ [TEAPOT]: 2 })
  const placed = await placeOrder(input, now)
  if (!placed.ok) throw new Error(placed.error.code)
  const { orderId, number, secret } = placed.value
  expect(number).toMatch(/^261121/)
  expect(secret).toHaveLength(43)

  const price = input.lines[0]?.priceSeen ?? toFen(0n)
  const subtotal = timesFen(price, 2)
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  expect(order).toMatchObject({
    number,
    state: 'pending_payment',
    fulfilment: 'unfulfilled',
    subtotalFen: subtotal,
    shippingFen: input.shipping.feeSeen,
    totalFen: addFen(subtotal, input.shipping.feeSeen),
    placedAt: now,
    expiresAt: new Date('2026-11-21T12:30:00.000Z'),
  })
  expect(await db.select().from(orderLines)).toMatchObject([
    { orderId, position: 0, sku: TEAPOT, productSlug: 'round-teapot', unitPriceFen: price, quantity: 2 },
  ])
  expect(await db.select().from(orderAddresses)).toMatchObject([{ orderId, ...input.address }])
  expect(await db.select().from(payments)).toMatchObject([
    { orderId, amountFen: order?.totalFen, currency: 'CNY', state: 'unpaid', capturedFen: 0n },
  ])
  expect(await db.select().from(orderEvents)).toMatchObject([
    { orderId, axis: 'order', event: 'placed', fromState: null, toState: 'pending_payment', actor: 'shopper' },
  ])
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 20, held: 2 })
  const jobs = await sql`select name, data, start_after, retry_limit, dead_letter from pgboss.job order by start_after`
  expect(jobs.map(({ name, data }) => [name, data.kind])).toEqual([
    ['send-order-mail', 'order_placed'],
    ['send-order-mail', 'order_expiring'],
    ['expire-order', undefined],
  ])
  expect(jobs.every((job) => job['retry_limit'] === 9 && job['dead_letter'] === 'dead-jobs')).toBe(true)
})

test('fifty at once with one request id give one order', async () => {
  const input = await sampleOrder({ [TEAPOT]: 1 })
  const all = await Promise.all(Array.from({ length: 50 }, () => placeOrder(input)))
  const numbers = new Set(all.map((placed) => (placed.ok ? `${placed.value.number} ${placed.value.secret}` : placed)))
  expect(numbers.size).toBe(1)
  expect(await orderCount()).toBe(1)
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 20, held: 1 })
})

test('a repeat gives the same order also when its own hold took the last piece', async () => {
  await setStock(TEAPOT, 1)
  const input = await sampleOrder({ [TEAPOT]: 1 })
  const first = await placeOrder(input)
  expect(first.ok).toBe(true)
  expect(await placeOrder(input)).toEqual(first)
})

test.each([
  ['another quantity', { [TEAPOT]: 2 }],
  ['another piece', { 'CPT-RT90-OAT': 1 }],
])('the same request id with %s is refused', async (_name, other) => {
  const input = await sampleOrder({ [TEAPOT]: 1 })
  await placeOrder(input)
  const { lines } = await sampleOrder(other)
  expect(await placeOrder({ ...input, lines })).toEqual({ ok: false, error: { code: 'other_input' } })
  expect(await orderCount()).toBe(1)
})

test('whatever changed since the shopper saw it is told, all at once, and nothing is written', async () => {
  await setStock(TEAPOT, 1)
  const input = await sampleOrder({ [TEAPOT]: 3 })
  const [line] = input.lines
  if (!line) throw new Error('no line')
  const seen = toFen(line.priceSeen - 100n)
  const refused = await placeOrder({
    ...input,
    shipping: { method: 'standard', feeSeen: toFen(1n) },
    lines: [
      { ...line, priceSeen: seen },
      { variantId: 999_999, quantity: 1, priceSeen: seen },
    ],
  })
  expect(refused).toEqual({
    ok: false,
    error: {
      code: 'changed',
      changes: [
        { kind: 'price', sku: TEAPOT, from: seen, to: line.priceSeen },
        { kind: 'stock', sku: TEAPOT, wanted: 3, left: 1 },
        { kind: 'withdrawn', variantId: 999_999 },
        { kind: 'shipping', from: 1n, to: await feeOf([line]) },
      ],
    },
  })
  expect(await orderCount()).toBe(0)
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 1, held: 0 })
})

test('a piece that was withdrawn from the shop cannot be ordered', async () => {
  const input = await sampleOrder({ [TEAPOT]: 1 })
  await db.update(products).set({ published: false }).where(eq(products.slug, 'round-teapot'))
  const refused = await placeOrder(input)
  await db.update(products).set({ published: true }).where(eq(products.slug, 'round-teapot'))
  expect(refused).toMatchObject({ ok: false, error: { changes: [{ kind: 'withdrawn' }] } })
})

test.each([0, -1, 1.5, 100, 2 ** 31])('a quantity of %s is refused', async (quantity) => {
  const input = await sampleOrder({ [TEAPOT]: 1 })
  const lines = input.lines.map((line) => ({ ...line, quantity }))
  expect(await placeOrder({ ...input, lines })).toEqual({ ok: false, error: { code: 'bad_quantity' } })
})

test('one piece, a thousand buyers: one order, 999 who are told that none is left', async () => {
  await setStock(TEAPOT, 1)
  const input = await sampleOrder({ [TEAPOT]: 1 })
  const all = await Promise.all(Array.from({ length: 1000 }, () => placeOrder({ ...input, requestId: randomUUID() })))
  const told = all.filter(
    (placed) => !placed.ok && placed.error.code === 'changed' && placed.error.changes[0]?.kind === 'stock',
  )
  expect([all.filter((placed) => placed.ok).length, told.length]).toEqual([1, 999])
  expect(await orderCount()).toBe(1)
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 1, held: 1 })
}, 60_000)

test('four hundred baskets of many pieces in any order never lock each other out', async () => {
  const rows = await db.select({ sku: variants.sku }).from(variants).orderBy(asc(variants.id)).limit(8)
  for (const { sku } of rows) await setStock(sku, 1000)
  const before = await deadlocks()
  const whole = await sampleOrder(Object.fromEntries(rows.map(({ sku }) => [sku, 1])))
  const all = await Promise.all(
    Array.from({ length: 400 }, async () => {
      const lines = whole.lines.toSorted(() => Math.random() - 0.5).slice(0, 2 + Math.floor(Math.random() * 7))
      const shipping = { method: 'standard', feeSeen: await feeOf(lines) } as const
      return placeOrder({ ...whole, requestId: randomUUID(), lines, shipping })
    }),
  )
  expect(all.filter((placed) => !placed.ok)).toEqual([])
  expect(await deadlocks()).toBe(before)
  const drift = await sql`
    select variant_id from stock
    where held <> (select coalesce(sum(quantity), 0) from order_lines where order_lines.variant_id = stock.variant_id)`
  expect([...drift]).toEqual([])
}, 60_000)

test('an order that leaves few pieces makes their pages fresh, one that leaves many does not', async () => {
  await placeSample({ [TEAPOT]: 14 })
  expect(await db.select().from(cacheInvalidations)).toEqual([])
  await placeSample({ [TEAPOT]: 1 })
  expect(await db.select({ tag: cacheInvalidations.tag }).from(cacheInvalidations)).toEqual([
    { tag: 'product:round-teapot' },
  ])
})

test('the basket loses what was ordered and keeps the rest', async () => {
  const cart = Buffer.alloc(32, 1)
  const input = await sampleOrder({ [TEAPOT]: 1, 'CPT-RT90-OAT': 1 })
  await sql`insert into carts (token_hash) values (${cart})`
  for (const line of input.lines)
    await sql`insert into cart_lines values (${cart}, ${line.variantId}, 1, ${line.priceSeen.toString()})`
  const [first, second] = input.lines
  await placeOrder({ ...input, lines: first ? [first] : [], cart })
  expect([...(await sql`select variant_id from cart_lines`)]).toEqual([{ variant_id: second?.variantId }])
})
