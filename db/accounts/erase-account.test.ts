import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { saveAddress } from '../addresses/save-address.ts'
import { askRequest } from '../after-sales/ask-request.ts'
import { auditLog } from '../audit-log/schema.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db } from '../client.ts'
import { chooseMails } from '../mails/mail-choices.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { eraseOrders } from '../orders/erase-orders.ts'
import { orderAddresses, orders } from '../orders/schema.ts'
import { writeReview } from '../reviews/write-review.ts'
import { adjustStock } from '../stock/adjust-stock.ts'
import { checkBooks } from '../testing/check-books.ts'
import { sendOrderTo } from '../testing/delivered-order.ts'
import { placeSample, sampleOrder } from '../testing/sample-order.ts'
import { samplePermit } from '../testing/sample-permit.ts'
import { eraseCustomer } from './desk/erase-customer.ts'
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

test('the file of one’s own data holds all of one’s own and nothing of anybody else’s', async () => {
  const [mine, theirs] = [
    await ensureAccount('mine@example.com', 'en'),
    await ensureAccount('theirs@example.com', 'en'),
  ]
  await adjustStock({ sku: SKU, delta: 20, reason: 'opening_stock', actor: 'test' })
  const written = async ({ id }: { readonly id: string }, mark: string) => {
    const { orderId } = await sendOrderTo(id, { [SKU]: 1 })
    const address = { ...(await sampleOrder({ [SKU]: 1 })).address, recipient: `Recipient ${mark}` }
    await saveAddress({ accountId: id, id: null, address, asDefault: true })
    await writeReview({
      accountId: id,
      orderId,
      position: 0,
      stars: 5,
      title: mark,
      words: mark,
      author: mark,
      locale: 'en',
    })
    const asked = { kind: 'return', lines: [{ position: 0, quantity: 1 }], reason: 'damaged', photos: [] } as const
    await askRequest({ ...asked, requestId: randomUUID(), orderId, words: `Chipped ${mark}` })
    return orderId
  }
  const [first, second] = [await written(mine, 'MINE'), await written(theirs, 'THEIRS')]
  await chooseMails(mine.email, { review: false }, 'account', NOW)
  const data = await readOwnData(mine.id)
  expect(data).toMatchObject({
    account: { email: 'mine@example.com' },
    addresses: [{ recipient: 'Recipient MINE' }],
    mailChoices: [{ topic: 'review', wanted: false, chosenBy: 'account', chosenAt: NOW }],
    reviews: [{ piece: 'round-teapot', stars: 5, words: 'MINE', state: 'pending' }],
    orders: [
      {
        number: (await orderOf(first))?.number,
        lines: [{ sku: SKU, quantity: 1 }],
        requests: [{ kind: 'return', words: 'Chipped MINE', lines: [{ position: 0, quantity: 1 }] }],
      },
    ],
  })
  const file = JSON.stringify(data)
  for (const foreign of ['THEIRS', theirs.email, (await orderOf(second))?.number]) expect(file).not.toContain(foreign)
})

test('the office erases the same, and its log keeps who did it and why, and no name', async () => {
  const account = await ensureAccount('letter@example.com', 'en')
  const permit = samplePermit('customers.erase')
  const asked = { accountId: account.id, reason: 'A letter of 20 November', ip: '127.0.0.1', now: NOW }
  const { orderId } = await placeSample({ [SKU]: 1 }, NOW)
  await own(account.id, orderId)
  expect(await eraseCustomer(permit, asked)).toEqual({ ok: true, value: null })
  expect(await eraseCustomer(permit, asked)).toEqual({ ok: false, error: { code: 'unknown' } })
  expect(await findAccountByEmail('letter@example.com')).toBeNull()
  await cancel(orderId)
  await eraseOrders(NOW)
  expect(await addressOf(orderId)).toBeUndefined()
  const logged = await db.select().from(auditLog).where(eq(auditLog.aboutId, account.id))
  expect(logged).toMatchObject([{ action: 'customers.erase', reason: 'A letter of 20 November' }])
  expect(JSON.stringify(logged.map(({ id: _, ...rest }) => rest))).not.toContain('letter@')
  await checkBooks()
})
