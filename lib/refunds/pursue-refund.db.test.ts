import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { incidents as incidentRows } from '#db/incidents/schema.ts'
import { requestRefund } from '#db/refunds/request-refund.ts'
import { resendRefund } from '#db/refunds/resend-refund.ts'
import { refundRequests, refunds } from '#db/refunds/schema.ts'
import { adjustStock } from '#db/stock/adjust-stock.ts'
import { checkBooks } from '#db/testing/check-books.ts'
import { permitFor } from '#db/testing/permit-for.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import { receiveNotification } from '../checkout/receive-notification.ts'
import { startPayment } from '../checkout/start-payment.ts'
import { createFakeGateway } from '../checkout/testing/fake-gateway.ts'
import { rehearseCrashes } from '../crash-point.ts'
import { type Fen, toFen } from '../domain/money.ts'
import { sweepUnsettled } from '../jobs/sweep-unsettled.ts'
import type { Notification, PaymentProvider, RefundState } from '../payments/port.ts'
import type { PaymentRegistry } from '../payments/registry.ts'
import { err, ok } from '../result.ts'
import { pursueRefund } from './pursue-refund.ts'
import { recallRefund } from './recall-refund.ts'

const TEAPOT = 'CPT-RT90-CEL'
const SUM = toFen(5_000n)
const MINUTE_MS = 60_000
const DONE: RefundState = { state: 'done', refundedAt: null }

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate orders, stock_movements cascade`
  await sql`delete from pgboss.job`
  await sql`update stock set on_hand = 0, held = 0`
  await adjustStock({ sku: TEAPOT, delta: 50, reason: 'opening_stock', actor: 'test' })
})

/** A paid order, a refund of 50.00 that was asked for, and a clock. */
async function refundOf50() {
  const gateway = createFakeGateway()
  let now = new Date()
  const { orderId } = await placeSample({ [TEAPOT]: 1 }, now)
  const expiresAt = new Date(now.getTime() + 30 * MINUTE_MS)
  const start = {
    orderId,
    expiresAt,
    scene: { kind: 'page' },
    subject: 'Teapot',
    returnUrl: 'http://shop.test/',
  } as const
  await startPayment(gateway.provider, start, now)
  const [outTradeNo = ''] = gateway.numbers()
  gateway.pay(outTradeNo, now)
  await receiveNotification(gateway.provider, gateway.message({ outTradeNo }), now)
  const requestId = randomUUID()
  const wish = { by: 'amount', amount: SUM } as const
  await requestRefund({ requestId, orderId, wish, actor: 'staff:mei', cause: 'staff', reason: null }, now)
  const [refund] = await db.select().from(refunds)
  if (!refund) throw new Error('no refund')

  /** What the worker does, as long as there is something to do. */
  const work = async () => {
    for (;;) {
      const [job] = await sql`
        delete from pgboss.job where id = (
          select id from pgboss.job
          where name = 'pursue-refund' and start_after <= ${now.toISOString()}::timestamptz order by start_after limit 1)
        returning data`
      if (!job) return
      await pursueRefund(gateway.providers, job['data'].refundId, now)
    }
  }
  const wait = async (minutes: number) => {
    now = new Date(now.getTime() + minutes * MINUTE_MS)
    await work()
  }
  return {
    gateway,
    outTradeNo,
    orderId,
    requestId,
    refundNo: refund.refundNo,
    pursue: () => pursueRefund(gateway.providers, refund.id, now),
    wait,
    now: () => now,
    notify: (notice: Partial<Notification> & { kind: Notification['kind'] }) =>
      receiveNotification(telling(gateway.provider, { outTradeNo, ...notice }), gateway.message({ outTradeNo }), now),
  }
}

const telling = (
  provider: PaymentProvider,
  notice: { outTradeNo: string; kind: Notification['kind'] },
): PaymentProvider => ({
  ...provider,
  verifyNotification: async () =>
    ok({
      provider: provider.name,
      messageId: randomUUID(),
      eventId: randomUUID(),
      providerTradeNo: `trade-${notice.outTradeNo}`,
      payment: null,
      refundNo: null,
      amount: null,
      refundedTotal: null,
      complete: false,
      ...notice,
    } as unknown as Notification),
})

const standing = async () => {
  const rows = await db.select().from(refunds).orderBy(refunds.sequence)
  return rows.map(({ refundNo, state }) => [refundNo.slice(-3), state])
}
const requestState = async () => (await db.select().from(refundRequests)).map(({ state }) => state)
const sums = async () =>
  (await sql`select state, refunded_fen::int as refunded, refunding_fen::int as refunding from payments`)[0]
const incidents = async () =>
  (await db.select().from(incidentRows)).map(({ kind, settledAt }) => [kind, settledAt !== null])
const mails = async () =>
  (
    await sql`select data ->> 'kind' as kind from pgboss.job where name = 'send-order-mail' and data ? 'refundId' order by created_on`
  ).map(({ kind }) => kind)

test('a refund that waited for the worker has the time of its first call, and keeps it', async () => {
  const { wait, gateway, now } = await refundOf50()
  gateway.refundsWillBe({ state: 'pending' })
  const requestedAt = async () => (await db.select().from(refunds))[0]?.requestedAt
  await wait(90)
  const firstCall = now()
  expect(await requestedAt()).toEqual(firstCall)
  await wait(5)
  expect(await requestedAt()).toEqual(firstCall)
})

test('a gateway that says so at once: paid back with one call', async () => {
  const { wait, gateway, refundNo } = await refundOf50()
  await wait(0)
  expect(gateway.refunded()).toEqual([refundNo])
  expect(await standing()).toEqual([['R01', 'succeeded']])
  expect(await sums()).toEqual({ state: 'partially_refunded', refunded: 5_000, refunding: 0 })
  expect(await mails()).toEqual(['refund_sent', 'refund_arrived'])
  await wait(60)
  expect(await sql`select from pgboss.job where name = 'pursue-refund'`).toHaveLength(0)
  expect(await checkBooks()).toEqual([])
})

test('a gateway that takes its time is asked each minute, then less often, by one chain of jobs', async () => {
  const { wait, gateway, pursue } = await refundOf50()
  gateway.refundsWillBe({ state: 'pending' })
  await wait(0)
  expect(await standing()).toEqual([['R01', 'processing']])
  for (let minute = 0; minute < 120; minute++) {
    await wait(1)
    if (minute % 10 === 0) await pursue() // somebody is in a hurry
    expect(await sql`select from pgboss.job where name = 'pursue-refund'`).toHaveLength(1)
  }
  gateway.finishRefunds()
  await wait(20)
  expect(await standing()).toEqual([['R01', 'succeeded']])
  expect(await checkBooks()).toEqual([])
})

test.each(['before', 'after'] as const)('a time-out %s the effect pays once, under one number', async (fault) => {
  const { wait, gateway, refundNo, outTradeNo } = await refundOf50()
  gateway.failNext(fault)
  await wait(0)
  expect(await standing()).toEqual([['R01', 'pending']])
  expect(await sums()).toMatchObject({ refunding: 5_000 })
  await wait(1)
  expect(await standing()).toEqual([['R01', 'succeeded']])
  expect(gateway.refunded()).toEqual([refundNo])
  expect(gateway.refundedOf(outTradeNo)).toBe(SUM)
  expect(await checkBooks()).toEqual([])
})

test('a refusal moves nothing: the money is free, a person is called, and it is sent again under its number', async () => {
  const { wait, gateway, requestId, refundNo, orderId, now } = await refundOf50()
  const { refund } = gateway.provider
  gateway.provider.refund = async () => err({ code: 'refused', providerCode: 'NOT_ENOUGH', message: '' })
  await wait(0)
  expect(await standing()).toEqual([['R01', 'failed']])
  expect(await sums()).toEqual({ state: 'paid', refunded: 0, refunding: 0 })
  expect(await incidents()).toEqual([['refund_failed', false]])
  expect(await mails()).toEqual(['refund_sent', 'refund_failed'])
  expect(await requestState()).toEqual(['approved'])
  expect(await checkBooks()).toEqual([])

  gateway.provider.refund = refund
  const resent = await Promise.all(
    Array.from({ length: 5 }, () => resendRefund(requestId, { actor: 'staff:mei', now: now() })),
  )
  expect(resent.filter((answer) => answer.ok)).toEqual([ok({ refundNo })])
  await wait(0)
  expect(await standing()).toEqual([['R01', 'succeeded']])
  expect(await incidents()).toEqual([['refund_failed', true]])
  expect(await resendRefund(requestId, { actor: 'staff:mei' })).toEqual(err({ code: 'not_failed' }))
  expect(await checkBooks()).toEqual([])
  expect(orderId).toBeTruthy()
})

test('a number that is over is not sent again: the next try has another', async () => {
  const { wait, gateway, requestId, now } = await refundOf50()
  gateway.refundsWillBe({ state: 'pending' })
  await wait(0)
  gateway.finishRefunds({ state: 'failed', providerCode: 'CLOSED' })
  await wait(1)
  expect(await standing()).toEqual([['R01', 'failed']])
  gateway.refundsWillBe(DONE)
  expect(await resendRefund(requestId, { actor: 'staff:mei', now: now() })).toMatchObject({ ok: true })
  await wait(5)
  expect(await standing()).toEqual([
    ['R01', 'failed'],
    ['R02', 'succeeded'],
  ])
  expect(await sums()).toEqual({ state: 'partially_refunded', refunded: 5_000, refunding: 0 })
  expect(await checkBooks()).toEqual([])
})

test('what was freed by a failure and given away meanwhile is not given twice', async () => {
  const { wait, gateway, requestId, orderId, now } = await refundOf50()
  gateway.refundsWillBe({ state: 'failed', providerCode: 'CLOSED' })
  await wait(0)
  const [order] = await sql`select total_fen from orders`
  const rest = { by: 'amount', amount: toFen(BigInt(order?.['total_fen'] ?? 0)) } as const
  const asked = {
    requestId: randomUUID(),
    orderId,
    wish: rest,
    actor: 'staff:lin',
    cause: 'staff',
    reason: null,
  } as const
  expect(await requestRefund(asked, now())).toMatchObject({ ok: true })
  expect(await resendRefund(requestId, { actor: 'staff:mei', now: now() })).toEqual(
    err({ code: 'over_rest', left: 0n }),
  )
  expect(await checkBooks()).toEqual([])
})

test('money that went astray stays promised, calls a person, and can still arrive', async () => {
  const { wait, gateway, notify, refundNo, orderId, now } = await refundOf50()
  gateway.refundsWillBe({ state: 'pending' })
  await wait(0)
  for (let times = 0; times < 3; times++) await notify({ kind: 'refund_abnormal', refundNo, providerCode: 'ABNORMAL' })
  expect(await standing()).toEqual([['R01', 'abnormal']])
  expect(await sums()).toMatchObject({ refunding: 5_000 })
  expect(await incidents()).toEqual([['refund_abnormal', false]])
  expect(await mails()).toEqual(['refund_sent', 'refund_abnormal'])
  const [order] = await sql`select total_fen from orders`
  const all = { by: 'amount', amount: toFen(BigInt(order?.['total_fen'] ?? 0)) } as const
  const asked = {
    requestId: randomUUID(),
    orderId,
    wish: all,
    actor: 'staff:lin',
    cause: 'staff',
    reason: null,
  } as const
  expect(await requestRefund(asked, now())).toMatchObject(err({ code: 'over_rest' }))

  gateway.finishRefunds()
  await wait(24 * 60)
  expect(await standing()).toEqual([['R01', 'succeeded']])
  expect(await incidents()).toEqual([['refund_abnormal', true]])
  expect(await checkBooks()).toEqual([])
})

test('money that went astray is called back to our account: told as that, and its incident waits for who pays it out', async () => {
  const { wait, gateway, notify, requestId, refundNo, now } = await refundOf50()
  const permit = permitFor('refunds.approve')
  const answers = [err({ code: 'unknown', reason: 'time-out' } as const), ok(DONE)]
  const recallOnce = async () => answers.shift() ?? Promise.reject(new Error('called a third time'))
  const offering = new Map([['alipay', { ...gateway.provider, recallRefund: recallOnce }]] as const)
  const recall = (providers: PaymentRegistry = offering) =>
    recallRefund(providers, permit, { requestId, ip: null }, now())
  gateway.refundsWillBe({ state: 'pending' })
  await wait(0)
  expect(await recall()).toEqual(err({ code: 'not_astray' }))
  await notify({ kind: 'refund_abnormal', refundNo, providerCode: 'ABNORMAL' })
  expect(await recall(gateway.providers)).toEqual(err({ code: 'not_offered' }))

  expect(await recall()).toEqual(err({ code: 'not_recalled', reason: 'unknown' }))
  expect(await standing()).toEqual([['R01', 'abnormal']])
  expect(await recall()).toEqual(ok(null))
  expect(await standing()).toEqual([['R01', 'succeeded']])
  expect(await incidents()).toEqual([['refund_abnormal', false]])
  expect(await mails()).toEqual(['refund_sent', 'refund_abnormal'])
  expect(await sql`select count(*)::int as noted from audit_log where after ? 'recalled'`).toEqual([{ noted: 1 }])
  expect(await recall()).toEqual(err({ code: 'not_astray' }))
  expect(await checkBooks()).toEqual([])
})

test('told by notification, any number of times and before our own call was answered: booked once', async () => {
  const { wait, gateway, notify, refundNo } = await refundOf50()
  gateway.failNext('after')
  await wait(0)
  const told = Array.from({ length: 10 }, () => notify({ kind: 'refunded', refundNo, amount: SUM, refundedTotal: SUM }))
  await Promise.all(told)
  await wait(1)
  expect(await sums()).toEqual({ state: 'partially_refunded', refunded: 5_000, refunding: 0 })
  expect(await sql`select from payment_events where outcome = 'refunded'`).toHaveLength(1)
  expect(await incidents()).toEqual([])
  expect(await checkBooks()).toEqual([])
})

test('another amount than ours is no refund of ours: nothing is booked, a person looks', async () => {
  const { gateway, wait, notify, refundNo } = await refundOf50()
  gateway.refundsWillBe({ state: 'pending' })
  await wait(0)
  for (let times = 0; times < 2; times++)
    await notify({ kind: 'refunded', refundNo, amount: toFen(4_999n), refundedTotal: null })
  expect(await standing()).toEqual([['R01', 'processing']])
  expect(await incidents()).toEqual([['disputed_amount', false]])
  expect(await sums()).toMatchObject({ state: 'review', refunded: 0, refunding: 5_000 })
})

test('a total that our own refunds explain is none of the incidents, a larger one is', async () => {
  const { gateway, wait, notify } = await refundOf50()
  await notify({ kind: 'refunded', refundedTotal: SUM }) // before we could send it
  expect(await incidents()).toEqual([])
  await wait(0)
  expect(gateway.refunded()).toHaveLength(1)
  await notify({ kind: 'refunded', refundedTotal: SUM })
  expect(await incidents()).toEqual([])
  await notify({ kind: 'refunded', refundedTotal: toFen(5_001n) })
  expect(await incidents()).toEqual([['refund_unasked', false]])
})

test('a failure that the provider takes back: the refund arrived after all', async () => {
  const { wait, gateway, notify, refundNo } = await refundOf50()
  const { refund } = gateway.provider
  gateway.provider.refund = async () => err({ code: 'refused', providerCode: 'NOT_NOW', message: '' })
  await wait(0)
  gateway.provider.refund = refund
  await notify({ kind: 'refunded', refundNo, amount: SUM, refundedTotal: SUM as Fen })
  expect(await standing()).toEqual([['R01', 'succeeded']])
  expect(await requestState()).toEqual(['refunded'])
  expect(await sums()).toEqual({ state: 'partially_refunded', refunded: 5_000, refunding: 0 })
  expect(await checkBooks()).toEqual([])
})

test.each(['refund_call_noted', 'refund_sent', 'refund_queried', 'refund_settled'] as const)(
  'the process dies at %s, and the job is lost with it: paid back once',
  async (point) => {
    const { pursue, wait, gateway, outTradeNo, now } = await refundOf50()
    if (point === 'refund_queried') {
      gateway.failNext('before')
      await wait(0)
      await wait(0.999)
    }
    let died = false
    rehearseCrashes((reached) => {
      if (reached !== point) return
      died = true
      rehearseCrashes(null)
      throw new Error(`died at ${point}`)
    })
    if (point === 'refund_queried') await expect(wait(1)).rejects.toThrow('died')
    else await expect(pursue()).rejects.toThrow('died')
    expect(died).toBe(true)
    await sql`delete from pgboss.job where name = 'pursue-refund'`
    await wait(4)
    expect(await sweepUnsettled(now())).toBe(point === 'refund_settled' ? 0 : 1)
    await wait(0)
    expect(await standing()).toEqual([['R01', 'succeeded']])
    expect(gateway.refundedOf(outTradeNo)).toBe(SUM)
    expect(await checkBooks()).toEqual([])
  },
)
