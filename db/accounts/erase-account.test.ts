import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db } from '../client.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { eraseOrders } from '../orders/erase-orders.ts'
import { orderAddresses, orders } from '../orders/schema.ts'
import { checkBooks } from '../testing/check-books.ts'
import { placeSample } from '../testing/sample-order.ts'
import { eraseAccount } from './erase-account.ts'
import { ensureAccount, findAccountByEmail } from './find-account.ts'
import { openSession } from './open-session.ts'
import { readOwnData } from './read-own-data.ts'
import { staff } from './schema.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const SKU = 'CPT-RT90-CEL'

beforeAll(async () => {
  await seedCatalog(db, NOW)
})

const cancel = (orderId: string) => cancelOrder(orderId, { actor: 'shopper', reason: null, now: NOW })
const own = (accountId: string, orderId: string) => db.update(orders).set({ accountId }).where(eq(orders.id, orderId))
const orderOf = async (orderId: string) => (await db.select().from(orders).where(eq(orders.id, orderId)))[0]
const addressOf = async (orderId: string) =>
  (await db.select().from(orderAddresses).where(eq(orderAddresses.orderId, orderId)))[0]

test('nothing personal is left of an account and its ended orders, and the books are sound', async () => {
  const account = await ensureAccount('li@example.com', 'fr')
  await openSession(account.id, { ip: '203.0.113.7', userAgent: 'x' }, NOW)
  const ended = (await placeSample({ [SKU]: 1 }, NOW)).orderId
  const underWay = (await placeSample({ [SKU]: 1 }, NOW)).orderId
  for (const orderId of [ended, underWay]) await own(account.id, orderId)
  await cancel(ended)
  const before = await orderOf(ended)

  expect(await eraseAccount(account.id, undefined, NOW)).toEqual({ ok: true, value: null })
  expect(await findAccountByEmail('li@example.com')).toBeNull()
  expect(await eraseOrders(NOW)).toBe(1)
  const after = await orderOf(ended)
  expect(after).toEqual({ ...before, accountId: null, email: 'erased@erased.invalid', phone: '' })
  expect(await addressOf(ended)).toBeUndefined()

  // What is under way keeps its address until it has ended.
  expect(await orderOf(underWay)).toMatchObject({ accountId: null, email: 'lin@example.com' })
  expect(await addressOf(underWay)).toBeDefined()
  await cancel(underWay)
  expect(await eraseOrders(NOW)).toBe(1)
  expect(await addressOf(underWay)).toBeUndefined()
  expect(await eraseOrders(NOW)).toBe(0)
  expect(await checkBooks()).toEqual([])
})

test('who works here is not erased before they leave, and a number of theirs stays in the log', async () => {
  const { id } = await ensureAccount('owner@example.com', 'en')
  await db.insert(staff).values({ accountId: id, roles: ['owner'] })
  expect(await eraseAccount(id, undefined, NOW)).toEqual({ ok: false, error: { code: 'is_staff' } })
  await db.update(staff).set({ endedAt: NOW }).where(eq(staff.accountId, id))
  expect((await eraseAccount(id, undefined, NOW)).ok).toBe(true)
  expect(await findAccountByEmail('owner@example.com')).toBeNull()
  expect(await db.$count(staff, eq(staff.accountId, id))).toBe(1)
})

test('the file of one’s own data holds one’s own orders and nobody else’s', async () => {
  const [mine, theirs] = [
    await ensureAccount('mine@example.com', 'en'),
    await ensureAccount('theirs@example.com', 'en'),
  ]
  const [first, second] = [
    (await placeSample({ [SKU]: 1 }, NOW)).orderId,
    (await placeSample({ [SKU]: 1 }, NOW)).orderId,
  ]
  await own(mine.id, first)
  await own(theirs.id, second)
  const data = await readOwnData(mine.id)
  expect(data.orders).toHaveLength(1)
  expect(data.orders[0]).toMatchObject({ number: (await orderOf(first))?.number, lines: [{ sku: SKU, quantity: 1 }] })
  expect(JSON.stringify(data)).not.toContain((await orderOf(second))?.number)
  expect(data.account).toMatchObject({ email: 'mine@example.com' })
})
