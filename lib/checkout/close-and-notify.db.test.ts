import { beforeAll, beforeEach, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { incidents } from '#db/incidents/schema.ts'
import { addOrderLink } from '#db/orders/add-order-link.ts'
import { cancelOrder } from '#db/orders/cancel-order.ts'
import { findOrder } from '#db/orders/find-order.ts'
import { paymentMessages } from '#db/payments/schema.ts'
import { startAttempt } from '#db/payments/start-attempt.ts'
import { placeSample, setStock, stockOf } from '#db/testing/sample-order.ts'
import { expireUnpaidOrder } from '../jobs/expire-order.ts'
import type { Notification, PaymentProvider } from '../payments/port.ts'
import { err, ok } from '../result.ts'
import { endUnpaidOrder } from './end-unpaid-order.ts'
import { receiveNotification } from './receive-notification.ts'
import { startPayment } from './start-payment.ts'
import { createFakeGateway } from './testing/fake-gateway.ts'

const TEAPOT = 'CPT-RT90-CEL'
const NOW = new Date('2026-11-21T12:00:00.000Z')
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)
const EXPIRES = later(1800)

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate orders, payment_messages cascade`
  await sql`delete from pgboss.job`
  await setStock(TEAPOT, 20)
})

async function startOne(scene: 'page' | 'qr' = 'page') {
  const gateway = createFakeGateway()
  const { orderId, secret } = await placeSample({ [TEAPOT]: 2 }, NOW)
  const start = () =>
    startPayment(
      gateway.provider,
      { orderId, expiresAt: EXPIRES, scene: { kind: scene }, subject: 'Teapot', returnUrl: 'http://shop.test/' },
      NOW,
    )
  expect((await start()).ok).toBe(true)
  const [outTradeNo = ''] = gateway.numbers()
  return { gateway, orderId, secret, start, outTradeNo }
}
const stateOf = async (secret: string) => {
  const order = await findOrder(secret)
  return [order?.state, order?.payment.state]
}
const cancelled = { event: 'cancelled', actor: 'shopper', reason: null, now: NOW } as const

test('two tabs that start the same way to pay share one attempt and one number', async () => {
  const gateway = createFakeGateway()
  const { orderId } = await placeSample({ [TEAPOT]: 1 }, NOW)
  const attempt = { orderId, provider: 'alipay', scene: 'page', expiresAt: EXPIRES } as const
  const all = await Promise.all(Array.from({ length: 20 }, () => startAttempt(attempt, NOW)))
  expect(new Set(all.map((started) => started.ok && started.value.outTradeNo)).size).toBe(1)
  const other = await startAttempt({ ...attempt, scene: 'qr' }, NOW)
  expect(other.ok && other.value.outTradeNo.slice(-2)).toBe('02')
  expect(gateway.numbers()).toEqual([])
})

test('an order that is paid, ended or over its time takes no further attempt', async () => {
  const { orderId } = await placeSample({ [TEAPOT]: 1 }, NOW)
  const attempt = { orderId, provider: 'alipay', scene: 'page', expiresAt: EXPIRES } as const
  expect(await startAttempt(attempt, EXPIRES)).toEqual(err({ code: 'not_payable' }))
  await cancelOrder(orderId, { actor: 'shopper', reason: null, now: NOW })
  expect(await startAttempt(attempt, NOW)).toEqual(err({ code: 'not_payable' }))
})

test('a start that timed out after it had its effect is repeated under the same number', async () => {
  const { gateway, orderId } = await startOne()
  const start = { orderId, expiresAt: EXPIRES, scene: { kind: 'qr' }, subject: 'x', returnUrl: 'http://s/' } as const
  gateway.failNext('after')
  expect(await startPayment(gateway.provider, start, NOW)).toEqual(err({ code: 'no_answer' }))
  expect((await startPayment(gateway.provider, start, NOW)).ok).toBe(true)
  expect(gateway.numbers()).toHaveLength(2)
})

test('an order with an open attempt cannot end before the provider closed it', async () => {
  const { gateway, orderId, secret, outTradeNo } = await startOne()
  expect(await cancelOrder(orderId, cancelled)).toMatchObject({ ok: false, error: { code: 'attempts_open' } })
  gateway.failNext('before')
  expect(await endUnpaidOrder(gateway.providers, { orderId, ...cancelled })).toEqual(
    err({ code: 'still_payable', reason: 'unknown' }),
  )
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 20, held: 2 })
  expect(await endUnpaidOrder(gateway.providers, { orderId, ...cancelled })).toEqual(ok(null))
  expect(gateway.pay(outTradeNo, NOW)).toBe(false)
  expect(await stateOf(secret)).toEqual(['cancelled', 'unpaid'])
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 20, held: 0 })
})

test.each([
  ['it expires', 'expire'],
  ['the shopper cancels', 'cancel'],
])('a payment in the last second that nobody told us of is found when %s, and wins', async (_name, how) => {
  const { gateway, orderId, secret, outTradeNo } = await startOne()
  gateway.pay(outTradeNo, later(1799))
  if (how === 'expire') await expireUnpaidOrder(gateway.providers, orderId, later(1801))
  else expect(await endUnpaidOrder(gateway.providers, { orderId, ...cancelled })).toEqual(err({ code: 'not_pending' }))
  expect(await stateOf(secret)).toEqual(['confirmed', 'paid'])
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 18, held: 0 })
})

test('an order expires once, not before its time, and frees its stock once', async () => {
  const { gateway, orderId, secret } = await startOne()
  await expireUnpaidOrder(gateway.providers, orderId, later(60))
  expect((await stateOf(secret))[0]).toBe('pending_payment')
  await Promise.all(Array.from({ length: 5 }, () => expireUnpaidOrder(gateway.providers, orderId, later(1900))))
  expect((await stateOf(secret))[0]).toBe('expired')
  expect(await stockOf(TEAPOT)).toEqual({ onHand: 20, held: 0 })
})

test('every message is kept with its verdict, and only a genuine one changes something', async () => {
  const { gateway, secret, outTradeNo } = await startOne()
  gateway.pay(outTradeNo, NOW)
  const forged = gateway.message({ outTradeNo, forged: true })
  expect(await receiveNotification(gateway.provider, forged, NOW)).toMatchObject({ body: 'refused' })
  expect((await stateOf(secret))[0]).toBe('pending_payment')
  const genuine = gateway.message({ outTradeNo })
  expect(await receiveNotification(gateway.provider, genuine, NOW)).toMatchObject({ body: 'accepted' })
  expect((await stateOf(secret))[0]).toBe('confirmed')
  const kept = await db.select().from(paymentMessages).orderBy(paymentMessages.id)
  expect(kept).toMatchObject([
    { verdict: 'refused', reason: 'bad_signature: forged', body: Buffer.from(forged.body) },
    { verdict: 'accepted', outTradeNo, reason: null },
  ])
})

test('a wrong amount is refused, kept with the reason, and delivers nothing', async () => {
  const { gateway, secret, outTradeNo } = await startOne()
  gateway.pay(outTradeNo, NOW)
  const wrong = gateway.message({ outTradeNo, amount: '1' })
  expect(await receiveNotification(gateway.provider, wrong, NOW)).toMatchObject({ body: 'refused' })
  expect(await stateOf(secret)).toEqual(['pending_payment', 'review'])
  expect(await db.select().from(paymentMessages)).toMatchObject([{ verdict: 'refused', reason: 'disputed: amount' }])
})

const refundNotice = (provider: PaymentProvider, outTradeNo: string, withPayment: boolean): PaymentProvider => ({
  ...provider,
  verifyNotification: async () => {
    const trade = await provider.query({ outTradeNo, startedAt: NOW })
    const payment = trade.ok && trade.value.state === 'paid' ? trade.value.payment : null
    return ok<Notification>({
      provider: 'alipay',
      messageId: 'm1',
      eventId: 'refunded:1',
      outTradeNo,
      providerTradeNo: `trade-${outTradeNo}`,
      kind: 'refunded',
      payment: withPayment ? payment : null,
      refundNo: null,
      amount: null,
      refundedTotal: payment?.amount ?? null,
      complete: false,
    })
  },
})

test.each([true, false])(
  'a refund that is told before its payment settles the payment too (named: %s)',
  async (named) => {
    const { gateway, secret, outTradeNo } = await startOne()
    gateway.pay(outTradeNo, NOW)
    const provider = refundNotice(gateway.provider, outTradeNo, named)
    for (let times = 0; times < 2; times++) await receiveNotification(provider, gateway.message({ outTradeNo }), NOW)
    const asked = await sql`select count(*)::int as n from pgboss.job where name = 'query-attempt'`
    if (named) expect(await stateOf(secret)).toEqual(['confirmed', 'review'])
    else expect(asked[0]?.['n']).toBe(3) // the planned query, and one at once for each notice
    expect(await db.select().from(incidents)).toMatchObject([{ kind: 'refund_unasked' }])
  },
)

test('each link opens its order, and nothing else opens one', async () => {
  const { orderId, secret } = await placeSample({ [TEAPOT]: 1 }, NOW)
  const other = await addOrderLink(orderId)
  expect((await findOrder(secret))?.id).toBe(orderId)
  const order = await findOrder(other)
  expect(order).toMatchObject({ id: orderId, lines: [{ sku: TEAPOT }], address: { country: 'CN' } })
  expect(order).not.toHaveProperty('requestHash')
  expect(await findOrder(`${secret}x`)).toBeNull()
  expect(await findOrder('')).toBeNull()
})
