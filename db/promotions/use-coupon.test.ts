import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { toFen, ZERO_FEN } from '#lib/domain/money.ts'
import { askRules } from '../audit/ask-rules.ts'
import { ORDER_RULES } from '../audit/order-rules.ts'
import { PROMOTION_RULES } from '../audit/promotion-rules.ts'
import { variants } from '../catalog/schema.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { expireOrder } from '../orders/expire-order.ts'
import { placeOrder } from '../orders/place-order.ts'
import { orderLines, orders } from '../orders/schema.ts'
import { endAttempt } from '../payments/end-attempt.ts'
import { settleAttempt } from '../payments/settle-attempt.ts'
import { startAttempt } from '../payments/start-attempt.ts'
import { requestRefund } from '../refunds/request-refund.ts'
import { orderWithCode, placeWithCode, sampleCoupon } from '../testing/sample-coupon.ts'
import { setStock, stockOf } from '../testing/sample-order.ts'
import { coupons, couponUses } from './schema.ts'

/** Dear enough that sending it within China costs nothing. */
const TEAPOT = 'CPT-RT90-CEL'
/** Cheap enough that sending it costs something. */
const CUP = 'CPT-TC65-CEL'
const OFF = toFen(100n)

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate orders, coupons cascade`
  await sql`update stock set held = 0`
  await setStock(TEAPOT, 200)
  await setStock(CUP, 200)
})

const usesOf = async (id: number) =>
  (await db.select({ uses: coupons.uses }).from(coupons).where(eq(coupons.id, id)))[0]?.uses
const orderRow = async (id: string) => (await db.select().from(orders).where(eq(orders.id, id)))[0]
const RULES = { ...PROMOTION_RULES, total_is_its_parts: ORDER_RULES.total_is_its_parts }
const broken = () => sql.begin((tx) => askRules(tx, RULES, new Date()))

/** A hundred shoppers who all saw the coupon apply, and order at once. */
async function hundredAtOnce(emails: (n: number) => string) {
  const order = await orderWithCode({ [CUP]: 1 }, 'spring', 'before@example.com')
  const all = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      placeOrder({ ...order, contact: { ...order.contact, email: emails(n) }, requestId: randomUUID() }),
    ),
  )
  const refused = all.flatMap((placed) => (placed.ok ? [] : [placed.error]))
  return { placed: all.filter(({ ok }) => ok).length, refused }
}
const told = (refusal: string) => ({ code: 'changed', changes: [{ kind: 'coupon_refused', code: 'SPRING', refusal }] })

test.each([1, 10])('for %i uses, a hundred at once: so many orders, the others are told', async (usesAtMost) => {
  const id = await sampleCoupon('SPRING', { kind: 'fixed', amountFen: OFF, usesAtMost })
  const { placed, refused } = await hundredAtOnce((n) => `shopper-${n}@example.com`)
  expect(placed).toBe(usesAtMost)
  expect(refused).toEqual(Array.from({ length: 100 - usesAtMost }, () => told('used_up')))
  expect(await usesOf(id)).toBe(usesAtMost)
  expect(await stockOf(CUP)).toEqual({ onHand: 200, held: usesAtMost })
  expect(await broken()).toEqual([])
})

test('for one use by each customer, a hundred orders to one mailbox, however written, are one', async () => {
  await sampleCoupon('SPRING', { kind: 'fixed', amountFen: OFF, usesPerCustomer: 1 })
  const { placed, refused } = await hundredAtOnce((n) => (n % 2 ? `lin.wei+${n}@gmail.com` : 'linwei@googlemail.com'))
  expect([placed, refused.length]).toEqual([1, 99])
  expect(refused[0]).toEqual(told('used_by_you'))
  expect(await broken()).toEqual([])
  await placeWithCode({ [CUP]: 1 }, 'SPRING', 'other@example.com')
})

test('it is given back once, when the order is cancelled or expires, and can be used again', async () => {
  const id = await sampleCoupon('SPRING', { kind: 'fixed', amountFen: OFF, usesAtMost: 1, usesPerCustomer: 1 })
  const first = await placeWithCode({ [CUP]: 1 }, 'SPRING')
  await Promise.all([1, 2, 3].map(() => cancelOrder(first.orderId, { actor: 'shopper', reason: null })))
  expect(await usesOf(id)).toBe(0)
  const second = await placeWithCode({ [CUP]: 1 }, 'SPRING')
  await expireOrder(second.orderId, new Date(Date.now() + 3_600_000))
  expect(await usesOf(id)).toBe(0)
  expect(await broken()).toEqual([])
})

test('a repeat of the request uses it once', async () => {
  const id = await sampleCoupon('SPRING', { kind: 'fixed', amountFen: OFF, usesAtMost: 5 })
  const order = await orderWithCode({ [CUP]: 1 }, 'SPRING')
  const all = await Promise.all(Array.from({ length: 20 }, () => placeOrder(order)))
  expect(all.every(({ ok }) => ok)).toBe(true)
  expect(await usesOf(id)).toBe(1)
})

/** An attempt of the order, and what the provider says of it. */
async function attemptOf(orderId: string) {
  const order = await orderRow(orderId)
  if (!order) throw new Error('no order')
  const started = await startAttempt({ orderId, provider: 'alipay', scene: 'page', expiresAt: order.expiresAt })
  if (!started.ok) throw new Error(started.error.code)
  const { attemptId, outTradeNo, amount } = started.value
  const payment = { eventId: outTradeNo, providerTradeNo: outTradeNo, amount, currency: 'CNY', paidAt: new Date() }
  return { attemptId, pay: () => settleAttempt({ provider: 'alipay', outTradeNo, source: 'notify', payment }) }
}

/** An order that was cancelled, and whose money comes after that. */
async function endedOrder(email: string) {
  const { orderId } = await placeWithCode({ [CUP]: 1 }, 'SPRING', email)
  const { attemptId, pay } = await attemptOf(orderId)
  await endAttempt(attemptId, 'closed', 'provider:alipay')
  await cancelOrder(orderId, { actor: 'shopper', reason: null })
  return pay
}

test('late money takes it again; where it is used up meanwhile, the sum that was paid is honoured', async () => {
  const id = await sampleCoupon('SPRING', { kind: 'fixed', amountFen: OFF, usesAtMost: 1 })
  const payFirst = await endedOrder('first@example.com')
  const paySecond = await endedOrder('second@example.com')
  expect(await usesOf(id)).toBe(0)
  expect(await payFirst()).toMatchObject({ outcome: 'revived' })
  expect(await paySecond()).toMatchObject({ outcome: 'revived' })
  expect(await usesOf(id)).toBe(1)
  const uses = await db.select({ counted: couponUses.counted }).from(couponUses).orderBy(couponUses.id)
  expect(uses).toEqual([{ counted: true }, { counted: false }])
  expect(await broken()).toEqual([])
})

const wishFor = (position: number, quantity: number, restock: boolean) =>
  ({ by: 'lines', lines: [{ position, quantity }], shipping: ZERO_FEN, restock }) as const
const ask = (orderId: string, wish: ReturnType<typeof wishFor>) =>
  requestRefund({ requestId: randomUUID(), orderId, wish, actor: 'staff:1', cause: 'staff', reason: null })

test('a paid order that is given back whole before it was sent gives back its coupon', async () => {
  const id = await sampleCoupon('HALF', { kind: 'percent', basisPoints: 5_000, usesAtMost: 1 })
  const { orderId } = await placeWithCode({ [TEAPOT]: 2 }, 'HALF')
  await (await attemptOf(orderId)).pay()
  const refunded = await ask(orderId, wishFor(0, 2, true))
  expect(refunded).toMatchObject({ ok: true, value: { amount: (await orderRow(orderId))?.totalFen } })
  expect(await usesOf(id)).toBe(0)
  expect(await broken()).toEqual([])
})

test('what it covers carries the discount, and a refund by line gives back what was paid for the line', async () => {
  const [pot] = await db.select({ productId: variants.productId }).from(variants).where(eq(variants.sku, TEAPOT))
  if (!pot) throw new Error('not in the seed')
  await sampleCoupon('POT', { kind: 'fixed', amountFen: toFen(100_00n), productIds: [pot.productId] })
  const { orderId } = await placeWithCode({ [TEAPOT]: 1, [CUP]: 2 }, 'POT')
  const lines = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  const discounts = Object.fromEntries(lines.map(({ sku, discountFen }) => [sku, discountFen]))
  expect(discounts).toEqual({ [TEAPOT]: 100_00n, [CUP]: 0n })

  await (await attemptOf(orderId)).pay()
  const line = lines.find(({ sku }) => sku === TEAPOT)
  if (!line) throw new Error('no line')
  const refunded = await ask(orderId, wishFor(line.position, 1, false))
  expect(refunded).toMatchObject({ ok: true, value: { amount: line.unitPriceFen - 100_00n } })
  expect(await broken()).toEqual([])
})

test('a code that covers none of the pieces is told so; shown as such, the order is placed without it', async () => {
  await sampleCoupon('NONE', { kind: 'fixed', amountFen: OFF, categoryIds: [], productIds: [] })
  const order = await orderWithCode({ [CUP]: 1 }, 'NONE')
  expect(order.coupon.seen).toEqual({ code: 'NONE', takesOff: null })
  expect(await placeOrder(order)).toMatchObject({ ok: true })
  expect(await db.select().from(couponUses)).toEqual([])
  const unseen = await placeOrder({ ...order, requestId: randomUUID(), coupon: { ...order.coupon, seen: null } })
  expect(unseen).toMatchObject({ error: { changes: [{ kind: 'coupon_refused', refusal: 'covers_nothing' }] } })
})

test('free shipping takes the fee; where there is none the coupon stays unused', async () => {
  const id = await sampleCoupon('SHIP', { kind: 'free_shipping', usesAtMost: 1 })
  const free = await placeWithCode({ [TEAPOT]: 1 }, 'SHIP')
  expect(await orderRow(free.orderId)).toMatchObject({ couponCode: null, shippingFen: 0n })
  expect(await usesOf(id)).toBe(0)
  const fee = (await orderWithCode({ [CUP]: 1 }, 'no-such-code')).shipping.feeSeen
  const { orderId } = await placeWithCode({ [CUP]: 1 }, 'SHIP')
  expect(await orderRow(orderId)).toMatchObject({ couponCode: 'SHIP', shippingFen: 0n, discountFen: 0n })
  expect(await db.select().from(couponUses)).toMatchObject([{ orderId, discountFen: 0n, shippingFen: fee }])
  expect(await broken()).toEqual([])
})

test('what staff changed since the page was shown is told, and nothing is placed', async () => {
  const id = await sampleCoupon('SPRING', { kind: 'fixed', amountFen: toFen(200n) })
  const order = await orderWithCode({ [CUP]: 1 }, 'SPRING')
  await db.update(coupons).set({ amountFen: OFF, version: 2 }).where(eq(coupons.id, id))
  expect(await placeOrder(order)).toEqual({
    ok: false,
    error: { code: 'changed', changes: [{ kind: 'coupon', code: 'SPRING', from: 200n, to: 100n }] },
  })
  await db.update(coupons).set({ stoppedAt: new Date() }).where(eq(coupons.id, id))
  expect(await placeOrder(order)).toMatchObject({ error: { changes: [{ kind: 'coupon_refused', refusal: 'over' }] } })
  expect(await db.select().from(orders)).toEqual([])
})

test('a coupon of everything leaves one fen of the goods to pay', async () => {
  await sampleCoupon('ALL', { kind: 'percent', basisPoints: 10_000 })
  const { orderId } = await placeWithCode({ [TEAPOT]: 1 }, 'ALL')
  expect(await orderRow(orderId)).toMatchObject({ totalFen: 1n, shippingFen: 0n })
})
