import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { RefundWish } from '#lib/domain/decide-refund.ts'
import { toFen, ZERO_FEN } from '#lib/domain/money.ts'
import { PROVIDER_NAMES } from '#lib/payments/port.ts'
import { err } from '#lib/result.ts'
import { seedCatalog } from '../catalog/seed/seed-catalog.ts'
import { db, sql } from '../client.ts'
import { shipLines } from '../fulfilment/ship-lines.ts'
import { orders } from '../orders/schema.ts'
import { payments } from '../payments/schema.ts'
import { adjustStock } from '../stock/adjust-stock.ts'
import { checkBooks } from '../testing/check-books.ts'
import { placePaid, startToPay } from '../testing/paid-order.ts'
import { permitFor } from '../testing/permit-for.ts'
import { placeSample, stockOf } from '../testing/sample-order.ts'
import { giveBackDue } from './give-back-due.ts'
import { type RequestRefund, requestRefund } from './request-refund.ts'
import { refundRequests, refunds } from './schema.ts'
import { settleRefund } from './settle-refund.ts'

const TEAPOT = 'CPT-RT90-CEL'
/** Cheap enough that sending it costs something. */
const CUP = 'CPT-TC65-CEL'
const DAY_MS = 86_400_000

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate orders, stock_movements cascade`
  await sql`delete from pgboss.job`
  await sql`update stock set on_hand = 0, held = 0`
  for (const sku of [TEAPOT, CUP]) await adjustStock({ sku, delta: 2_000, reason: 'opening_stock', actor: 'test' })
})

const amount = (fen: bigint): RefundWish => ({ by: 'amount', amount: toFen(fen) })
const units = (quantity: number, over: { shipping?: bigint; restock?: boolean } = {}): RefundWish => ({
  by: 'lines',
  lines: [{ position: 0, quantity }],
  shipping: toFen(over.shipping ?? 0n),
  restock: over.restock ?? false,
})
const ask = (orderId: string, wish: RefundWish, over: Partial<RequestRefund> = {}): RequestRefund => ({
  requestId: randomUUID(),
  orderId,
  wish,
  actor: 'staff:mei',
  cause: 'staff',
  reason: 'chipped',
  ...over,
})
const stateOf = async (orderId: string) => {
  const [row] = await db
    .select({
      order: orders.state,
      payment: payments.state,
      refunding: payments.refundingFen,
      refunded: payments.refundedFen,
    })
    .from(orders)
    .innerJoin(payments, eq(payments.orderId, orders.id))
    .where(eq(orders.id, orderId))
  return row
}
const done = async (refundId: string) =>
  settleRefund({
    refundId,
    report: { event: 'succeeded', refundedAt: null, amount: null },
    source: 'notify',
    now: new Date(),
  })
/** All that a refund could write. */
const written = async () =>
  await sql`select
    (select count(*)::int from refund_requests) as requests, (select count(*)::int from refunds) as refunds,
    (select count(*)::int from order_events) as events, (select count(*)::int from journals) as journals,
    (select count(*)::int from pgboss.job) as jobs, (select count(*)::int from stock_movements) as movements,
    (select sum(refunding_fen)::int from payments) as promised`

test('one cup and half its sending: request, number, promise, shelf, books, job', async () => {
  const { orderId, outTradeNo } = await placePaid({ [CUP]: 3 })
  const [order] = await db.select().from(orders)
  const shipping = (order?.shippingFen ?? 0n) / 2n
  const price = (order?.subtotalFen ?? 0n) / 3n
  expect(shipping).toBeGreaterThan(0n)
  const asked = ask(orderId, units(1, { shipping, restock: true }))
  const value = { requestId: asked.requestId, amount: price + shipping, repeated: false }
  expect(await requestRefund(asked)).toEqual({ ok: true, value })

  expect(await stateOf(orderId)).toEqual({
    order: 'confirmed',
    payment: 'paid',
    refunding: price + shipping,
    refunded: 0n,
  })
  expect(await db.select().from(refunds)).toMatchObject([
    { refundNo: `${outTradeNo}R01`, state: 'pending', sentAt: null, amountFen: price + shipping },
  ])
  expect(await stockOf(CUP)).toEqual({ onHand: 1_998, held: 0 })
  const jobs = await sql`select name from pgboss.job where name = 'pursue-refund'`
  expect(jobs).toHaveLength(1)
  const log = await sql`select axis, event, to_state from order_events where event like 'refund%' order by id`
  expect([...log]).toEqual([
    { axis: 'after_sale', event: 'refund_started', to_state: 'refunding' },
    { axis: 'payment', event: 'refund_started', to_state: 'paid' },
  ])
  expect(await checkBooks()).toEqual([])

  const [refund] = await db.select().from(refunds)
  expect(await done(refund?.id ?? '')).toBe('succeeded')
  expect(await done(refund?.id ?? '')).toBe('repeat')
  expect(await stateOf(orderId)).toMatchObject({
    payment: 'partially_refunded',
    refunding: 0n,
    refunded: price + shipping,
  })
  expect(await checkBooks()).toEqual([])
})

test('cup by cup to the last: exactly what was paid', async () => {
  const { orderId, paid } = await placePaid({ [CUP]: 3 })
  const [order] = await db.select().from(orders)
  for (const shipping of [0n, order?.shippingFen ?? 0n, 0n])
    expect(await requestRefund(ask(orderId, units(1, { shipping, restock: true })))).toMatchObject({ ok: true })
  for (const { id } of await db.select().from(refunds)) await done(id)
  expect(await stateOf(orderId)).toEqual({ order: 'cancelled', payment: 'refunded', refunding: 0n, refunded: paid })
  expect(await stockOf(CUP)).toEqual({ onHand: 2_000, held: 0 })
  expect(await checkBooks()).toEqual([])
})

test('an order of which everything goes back before it is packed is cancelled; one that was sent is not', async () => {
  const [unsent, sent] = [await placePaid({ [TEAPOT]: 1 }), await placePaid({ [TEAPOT]: 1 })]
  const parcel = { parcelId: randomUUID(), carrier: 'sf', trackingNumber: 'SF1234567890123' } as const
  await shipLines(permitFor('orders.ship'), { ...parcel, orderId: sent.orderId, lines: 'rest', ip: null })
  for (const { orderId, paid } of [unsent, sent])
    expect(await requestRefund(ask(orderId, amount(paid)))).toMatchObject({ ok: true })
  expect(await stateOf(unsent.orderId)).toMatchObject({ order: 'cancelled', payment: 'overpaid' })
  expect(await stateOf(sent.orderId)).toMatchObject({ order: 'confirmed', payment: 'paid' })
})

test('bad input is refused with the reason, and nothing changes', async () => {
  const { orderId, paid } = await placePaid({ [CUP]: 2 })
  const waiting = await placeSample({ [CUP]: 1 })
  const before = await written()
  const refuse = async (request: RequestRefund, error: object, now = new Date()) => {
    expect(await requestRefund(request, now)).toMatchObject(err({ code: '', ...error }))
    expect(await written()).toEqual(before)
  }
  await refuse(ask(orderId, amount(paid + 1n)), { code: 'over_rest', left: paid })
  await refuse(ask(orderId, units(3)), { code: 'over_quantity', left: 2 })
  await refuse(ask(orderId, amount(0n)), { code: 'malformed' })
  await refuse(ask(waiting.orderId, amount(1n)), { code: 'not_paid' })
  await refuse(ask(randomUUID(), amount(1n)), { code: 'unknown_order' })
  await refuse(ask(orderId, amount(1n)), { code: 'window_over' }, new Date(Date.now() + 366 * DAY_MS))
  const asked = ask(orderId, amount(100n))
  await requestRefund(asked)
  const after = await written()
  expect(await requestRefund({ ...asked, wish: amount(101n) })).toEqual(err({ code: 'other_input' }))
  expect(await written()).toEqual(after)
})

test('money that came too late was not paid for the order: it can not be asked back a second time', async () => {
  const { orderId } = await placeSample({ [CUP]: 1 })
  const { pay } = await startToPay(orderId, 'alipay')
  await sql`update payment_attempts set state = 'closed'`
  await sql`update orders set state = 'expired'`
  await sql`update stock set on_hand = held`
  expect((await pay()).outcome).toBe('late')
  expect(await requestRefund(ask(orderId, amount(1n)))).toEqual(err({ code: 'not_paid' }))
})

test('fifty clicks at once on one button: one refund', async () => {
  const { orderId } = await placePaid({ [TEAPOT]: 1 })
  const asked = ask(orderId, amount(100n))
  const all = await Promise.all(Array.from({ length: 50 }, () => requestRefund(asked)))
  expect(all.every(({ ok }) => ok)).toBe(true)
  expect(all.filter((answer) => answer.ok && !answer.value.repeated)).toHaveLength(1)
  expect(await db.select().from(refunds)).toHaveLength(1)
  expect(await stateOf(orderId)).toMatchObject({ refunding: 100n })
}, 30_000)

test.each(PROVIDER_NAMES)(
  '%s: two people give back 60 of 100 at once, 200 times: never both',
  async (provider) => {
    const trials = 200
    let over = 0
    let granted = 0
    for (let trial = 0; trial < trials; trial += 20) {
      const racing = Array.from({ length: 20 }, async () => {
        const { orderId, paid } = await placePaid({ [CUP]: 1 }, provider)
        const most = toFen((paid * 60n) / 100n)
        const both = await Promise.all([
          requestRefund(ask(orderId, amount(most))),
          requestRefund(ask(orderId, amount(most))),
        ])
        granted += both.filter(({ ok }) => ok).length
        const refused = both.find((answer) => !answer.ok)
        expect(refused).toEqual(err({ code: 'over_rest', left: paid - most }))
        const promised = (await stateOf(orderId))?.refunding ?? 0n
        if (promised > paid) over++
      })
      await Promise.all(racing)
    }
    expect({ over, granted }).toEqual({ over: 0, granted: trials })
    expect(await checkBooks()).toEqual([])
  },
  120_000,
)

test('WeChat Pay takes fifty refunds of an order, with a minute between them', async () => {
  const { orderId } = await placePaid({ [TEAPOT]: 1 }, 'wechatpay')
  const now = new Date()
  for (let n = 0; n < 50; n++) expect(await requestRefund(ask(orderId, amount(1n)), now)).toMatchObject({ ok: true })
  expect(await requestRefund(ask(orderId, amount(1n)), now)).toEqual(err({ code: 'too_many_refunds', most: 50 }))
  const planned = await db.select({ at: refunds.nextCheckAt }).from(refunds).orderBy(refunds.sequence)
  expect(planned[49]?.at).toEqual(new Date(now.getTime() + 49 * 60_000))
}, 30_000)

test('a second payment goes back whole and once, whoever starts it, and the order keeps its own', async () => {
  const { orderId } = await placeSample({ [TEAPOT]: 1 })
  const [first, second] = [await startToPay(orderId, 'alipay'), await startToPay(orderId, 'wechatpay', 'qr')]
  await first.pay()
  await second.pay()
  const [due] = await sql<{ id: string }[]>`select id from refunds_due`
  const started = await Promise.all(Array.from({ length: 10 }, () => giveBackDue(due?.id ?? '', new Date())))
  expect(started.filter(Boolean)).toHaveLength(1)
  const [refund] = await db.select().from(refunds)
  expect(refund).toMatchObject({ amountFen: second.amount, refundNo: `${second.outTradeNo}R01` })
  expect(await db.select().from(refundRequests)).toMatchObject([{ cause: 'surplus', actor: 'system' }])
  await done(refund?.id ?? '')
  expect(await stateOf(orderId)).toEqual({
    order: 'confirmed',
    payment: 'paid',
    refunding: 0n,
    refunded: second.amount,
  })
  expect(await requestRefund(ask(orderId, amount(first.amount)))).toMatchObject({ ok: true })
  expect(await requestRefund(ask(orderId, amount(1n)))).toEqual(err({ code: 'over_rest', left: ZERO_FEN }))
  expect(await checkBooks()).toEqual([])
})
