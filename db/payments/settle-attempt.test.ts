import { count, eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { toFen } from '#lib/domain/money.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { incidents } from '../incidents/schema.ts'
import { cancelOrder } from '../orders/cancel-order.ts'
import { expireOrder } from '../orders/expire-order.ts'
import { orderEvents, orders } from '../orders/schema.ts'
import { checkBooks } from '../testing/check-books.ts'
import { placeSample, setStock, stockOf } from '../testing/sample-order.ts'
import type { Capture } from './capture-attempt.ts'
import { endAttempt } from './end-attempt.ts'
import { paymentAttempts, paymentEvents, payments, refundsDue } from './schema.ts'
import { settleAttempt } from './settle-attempt.ts'
import { type StartedAttempt, startAttempt } from './start-attempt.ts'

const TEAPOT = 'CPT-RT90-CEL'
/** Cheap enough that sending it costs something. */
const CUP = 'CPT-TC65-CEL'
const HOUR_MS = 3_600_000

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate orders, stock_movements cascade`
  await sql`delete from pgboss.job`
  await setStock(TEAPOT, 500)
  await setStock(CUP, 500)
})

async function start(orderId: string, scene: 'page' | 'wap' | 'qr' = 'page'): Promise<StartedAttempt> {
  const [order] = await db.select({ expiresAt: orders.expiresAt }).from(orders).where(eq(orders.id, orderId))
  if (!order) throw new Error('no order')
  const started = await startAttempt({ orderId, provider: 'alipay', scene, expiresAt: order.expiresAt })
  if (!started.ok) throw new Error(started.error.code)
  return started.value
}

async function startSample(quantity = 2, sku = TEAPOT) {
  const order = await placeSample({ [sku]: quantity })
  return { ...order, attempt: await start(order.orderId) }
}

const paid = (attempt: StartedAttempt, over: Partial<Capture['payment']> = {}): Capture => ({
  provider: 'alipay',
  outTradeNo: attempt.outTradeNo,
  source: 'notify',
  payment: {
    eventId: `paid:${attempt.outTradeNo}`,
    providerTradeNo: `trade-${attempt.outTradeNo}`,
    amount: attempt.amount,
    currency: 'CNY',
    paidAt: new Date('2026-11-21T12:03:00.000Z'),
    ...over,
  },
})

const stateOf = async (orderId: string) => {
  const [row] = await db
    .select({ order: orders.state, payment: payments.state, captured: payments.capturedFen })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .where(eq(orders.id, orderId))
  return row
}
const jobs = async (name: string) =>
  (await sql`select data from pgboss.job where name = ${name}`).map(({ data }) => data)
const mails = async () =>
  (await jobs('send-order-mail')).map((data) => data.kind).filter((kind) => kind === 'order_paid')
const balances = async () => {
  const rows = await sql`select account, sum(amount_fen) as fen from ledger_entries group by account order by account`
  return Object.fromEntries(rows.map(({ account, fen }) => [account, BigInt(fen)]))
}

test('a provider that names a trade by its start is believed to the second', async () => {
  const { orderId, attempt } = await startSample()
  const second = (offset: number) => new Date(Math.trunc(attempt.startedAt.getTime() / 1000) * 1000 + offset * 1000)
  for (const offset of [-1, 1])
    expect(await settleAttempt({ ...paid(attempt), startedAt: second(offset) })).toEqual({ outcome: 'unknown_attempt' })
  expect(await settleAttempt({ ...paid(attempt), startedAt: second(0) })).toEqual({ outcome: 'captured', orderId })
})

test('a payment confirms the order: event, attempt, payment, sold stock, ledger, mail', async () => {
  const { orderId, attempt } = await startSample(2, CUP)
  const [order] = await db.select({ shipping: orders.shippingFen }).from(orders)
  const shipping = order?.shipping ?? 0n
  expect(shipping).toBeGreaterThan(0n)
  expect(await stateOf(orderId)).toMatchObject({ order: 'pending_payment', payment: 'paying' })
  expect(await settleAttempt(paid(attempt))).toEqual({ outcome: 'captured', orderId })

  expect(await stateOf(orderId)).toEqual({ order: 'confirmed', payment: 'paid', captured: attempt.amount })
  expect(await db.select().from(paymentAttempts)).toMatchObject([
    { state: 'succeeded', providerTradeNo: `trade-${attempt.outTradeNo}`, nextQueryAt: null },
  ])
  expect(await stockOf(CUP)).toEqual({ onHand: 498, held: 0 })
  expect([...(await sql`select quantity, reason, order_id from stock_movements where order_id is not null`)]).toEqual([
    { quantity: -2, reason: 'sold', order_id: orderId },
  ])
  expect(await balances()).toEqual({ clearing: attempt.amount, sales: shipping - attempt.amount, shipping: -shipping })
  expect(await mails()).toEqual(['order_paid'])
  const events = await db.select().from(orderEvents).orderBy(orderEvents.id)
  expect(events.map(({ axis, fromState, toState }) => [axis, fromState, toState])).toEqual([
    ['order', null, 'pending_payment'],
    ['payment', 'unpaid', 'paying'],
    ['payment', 'paying', 'paid'],
    ['order', 'pending_payment', 'confirmed'],
  ])
})

test('the same payment by notification, return, query and bill has one effect', async () => {
  const { orderId, attempt } = await startSample()
  const outcomes = []
  for (const source of ['query', 'notify', 'return', 'bill', 'notify'] as const)
    outcomes.push((await settleAttempt({ ...paid(attempt), source })).outcome)
  expect(outcomes).toEqual(['captured', 'repeat', 'repeat', 'repeat', 'repeat'])
  expect(await stateOf(orderId)).toMatchObject({ captured: attempt.amount })
})

test('a hundred at once for each of twenty orders: twenty effects', async () => {
  const started = await Promise.all(Array.from({ length: 20 }, () => startSample(1)))
  const all = await Promise.all(
    Array.from({ length: 100 }, () => started.map(({ attempt }) => settleAttempt(paid(attempt)))).flat(),
  )
  const captured = all.filter(({ outcome }) => outcome === 'captured')
  expect(captured).toHaveLength(20)
  expect(all.filter(({ outcome }) => outcome === 'repeat')).toHaveLength(1980)
  expect((await db.select({ n: count() }).from(paymentEvents))[0]?.n).toBe(20)
  expect(await mails()).toHaveLength(20)
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 480, held: 0 })
}, 60_000)

test.each([
  ['one fen short', { amount: toFen(1n) }, 'amount'],
  ['another currency', { currency: 'USD' }, 'currency'],
])(
  '%s: nothing is delivered, an incident is opened once, and the provider is asked again',
  async (_name, over, kind) => {
    const { orderId, attempt } = await startSample()
    for (let times = 0; times < 3; times++)
      expect(await settleAttempt(paid(attempt, over))).toEqual({ outcome: 'disputed', orderId, reason: kind })
    expect(await stateOf(orderId)).toEqual({ order: 'pending_payment', payment: 'review', captured: 0n })
    expect(await db.select().from(incidents)).toMatchObject([{ kind: `disputed_${kind}`, settledAt: null }])
    expect(await stockOf(TEAPOT)).toEqual({ onHand: 500, held: 2 })
    expect(await jobs('query-attempt')).toHaveLength(2) // the planned one, and one at once

    // The query tells the right amount after all: believed, while the incident waits for a person.
    expect(await settleAttempt({ ...paid(attempt), source: 'query' })).toMatchObject({ outcome: 'captured' })
    expect(await stateOf(orderId)).toEqual({ order: 'confirmed', payment: 'review', captured: attempt.amount })
  },
)

test('paid in two tabs: the first keeps the order, the second goes back whole', async () => {
  const { orderId, attempt } = await startSample()
  const other = await start(orderId, 'qr')
  expect(other.outTradeNo).not.toBe(attempt.outTradeNo)
  const outcomes = await Promise.all([settleAttempt(paid(attempt)), settleAttempt(paid(other))])
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['captured', 'surplus'])

  expect(await stateOf(orderId)).toEqual({ order: 'confirmed', payment: 'overpaid', captured: attempt.amount * 2n })
  const due = await db.select().from(refundsDue)
  expect(due).toMatchObject([{ amountFen: attempt.amount, reason: 'surplus' }])
  expect(await jobs('refund-due')).toEqual([{ refundDueId: due[0]?.id }])
  expect(await balances()).toMatchObject({ clearing: attempt.amount * 2n, surplus: -attempt.amount })
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 498, held: 0 })
  expect((await settleAttempt(paid(attempt))).outcome).toBe('repeat')
  expect((await settleAttempt(paid(other))).outcome).toBe('repeat')
})

test('when one attempt is paid, the other open one is asked about at once', async () => {
  const { orderId, attempt } = await startSample()
  await start(orderId, 'qr')
  await sql`delete from pgboss.job`
  await settleAttempt(paid(attempt))
  expect(await jobs('query-attempt')).toHaveLength(1)
})

async function ended(end: 'expired' | 'cancelled') {
  const started = await startSample()
  await endAttempt(started.attempt.attemptId, 'closed', 'system')
  const late = new Date(Date.now() + HOUR_MS)
  const { ok } =
    end === 'expired'
      ? await expireOrder(started.orderId, late)
      : await cancelOrder(started.orderId, { actor: 'shopper', reason: null })
  expect(ok).toBe(true)
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 500, held: 0 })
  return started
}

test.each(['expired', 'cancelled'] as const)('an order that is %s stands again when its money comes', async (end) => {
  const { orderId, attempt } = await ended(end)
  const all = await Promise.all(Array.from({ length: 5 }, () => settleAttempt(paid(attempt))))
  expect(all.map(({ outcome }) => outcome).sort()).toEqual(['repeat', 'repeat', 'repeat', 'repeat', 'revived'])
  expect(await stateOf(orderId)).toEqual({ order: 'confirmed', payment: 'paid', captured: attempt.amount })
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 498, held: 0 })
  expect(await db.select().from(refundsDue)).toEqual([])
  expect((await jobs('send-order-mail')).map(({ kind }) => kind)).toContain('order_revived')
  // The stock of this file was set by hand.
  expect((await checkBooks()).filter((rule) => !rule.startsWith('Units on hand'))).toEqual([])
})

test.each(['expired', 'cancelled'] as const)(
  'money for an order that is %s goes back when one piece of it is gone',
  async (end) => {
    const { orderId, attempt } = await ended(end)
    await setStock(TEAPOT, 1)
    expect(await settleAttempt(paid(attempt))).toEqual({ outcome: 'late', orderId })
    expect(await settleAttempt(paid(attempt))).toEqual({ outcome: 'repeat', orderId })
    expect(await stateOf(orderId)).toEqual({ order: end, payment: 'overpaid', captured: attempt.amount })
    expect(await db.select().from(refundsDue)).toMatchObject([{ amountFen: attempt.amount, reason: 'late' }])
    expect(await balances()).toEqual({ clearing: attempt.amount, surplus: -attempt.amount })
    expect(await mails()).toEqual([])
    expect(await stockOf(TEAPOT)).toEqual({ onHand: 1, held: 0 })
  },
)

test('the last piece goes to one of two orders whose late money comes at once, the other gets its money back', async () => {
  const both = [await ended('expired'), await ended('expired')] as const
  await sql`update stock set on_hand = 3`
  const outcomes = await Promise.all(both.map(({ attempt }) => settleAttempt(paid(attempt))))
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['late', 'revived'])
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 1, held: 0 })
})

test('a trade belongs to one attempt: its number in the message of another order is disputed', async () => {
  const first = await startSample()
  const second = await startSample()
  await settleAttempt(paid(first.attempt))
  const swapped = paid(second.attempt, paid(first.attempt).payment)
  expect(await settleAttempt(swapped)).toEqual({ outcome: 'disputed', orderId: second.orderId, reason: 'other_trade' })
  expect(await stateOf(second.orderId)).toMatchObject({ order: 'pending_payment', captured: 0n })
})

test('a second trade under one number is disputed, not booked', async () => {
  const { attempt, orderId } = await startSample()
  await settleAttempt(paid(attempt))
  const second = paid(attempt, { eventId: 'paid:again', providerTradeNo: 'trade-again' })
  expect(await settleAttempt(second)).toEqual({ outcome: 'disputed', orderId, reason: 'other_trade' })
  expect(await stateOf(orderId)).toMatchObject({ order: 'confirmed', payment: 'review', captured: attempt.amount })
})

test('a number that is not ours, or is with another provider, writes nothing', async () => {
  const { attempt } = await startSample()
  const foreign = { ...paid(attempt), outTradeNo: 'NOT0OURS' }
  expect(await settleAttempt(foreign)).toEqual({ outcome: 'unknown_attempt' })
  expect(await settleAttempt({ ...paid(attempt), provider: 'wechatpay' })).toEqual({ outcome: 'unknown_attempt' })
  expect(await db.select().from(paymentEvents)).toEqual([])
})

test('pages that follow the order hear of it after the commit', async () => {
  const { orderId, attempt } = await startSample()
  const heard: string[] = []
  const listening = await sql.listen('order_changed', (id) => heard.push(id))
  await settleAttempt(paid(attempt))
  await expect.poll(() => heard).toEqual([orderId])
  await listening.unlisten()
})
