import { beforeAll, beforeEach, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { openOrder } from '#db/orders/open-order.ts'
import { sharePayment } from '#db/orders/share-payment.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import type { PaymentProvider } from '../payments/port.ts'
import { err, ok } from '../result.ts'
import { startPayment } from './start-payment.ts'
import { takeReturn } from './take-return.ts'
import { createFakeGateway } from './testing/fake-gateway.ts'

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate payment_messages`
})

/** A gateway whose returns are `?<out_trade_no>`, and refused when they say so. */
function openGateway() {
  const gateway = createFakeGateway()
  const provider: PaymentProvider = {
    ...gateway.provider,
    verifyReturn: async ({ search }) =>
      search === '?forged'
        ? err({ code: 'bad_signature', reason: 'forged' })
        : ok({ outTradeNo: search.slice(1), providerTradeNo: null }),
  }
  return { ...gateway, provider }
}

async function placeAndStart({ provider, numbers }: ReturnType<typeof openGateway>) {
  const placed = await placeSample({ 'CPT-TC65-CEL': 1 })
  const expiresAt = (await openOrder(placed.secret))?.expiresAt ?? new Date()
  const returnUrl = 'http://shop.test/'
  await startPayment(provider, { ...placed, expiresAt, scene: { kind: 'page' }, subject: 'Pottery', returnUrl })
  return { ...placed, outTradeNo: numbers().at(-1) ?? '' }
}

const message = (search: string) => ({ search, body: new Uint8Array(), headers: new Headers() })

test('the browser that went to pay finds its order, and the money is applied', async () => {
  const gateway = openGateway()
  const order = await placeAndStart(gateway)
  gateway.pay(order.outTradeNo, new Date())
  const returned = await takeReturn(gateway.provider, message(`?${order.outTradeNo}`), order.secret)
  expect(returned).toEqual({ came: 'from_paying', by: 'order_link', locale: 'en', secret: order.secret })
  expect((await openOrder(order.secret))?.state).toBe('confirmed')
})

test('a return proves no payment: without the provider’s word the order waits', async () => {
  const gateway = openGateway()
  const order = await placeAndStart(gateway)
  gateway.failNext('before')
  expect(await takeReturn(gateway.provider, message(`?${order.outTradeNo}`), order.secret)).toMatchObject({
    came: 'from_paying',
  })
  await takeReturn(gateway.provider, message(`?${order.outTradeNo}`), order.secret)
  expect((await openOrder(order.secret))?.state).toBe('pending_payment')
})

test('another browser, or one that knows another order, gets a link of its own to the order that was paid', async () => {
  const gateway = openGateway()
  const [order, other] = [await placeAndStart(gateway), await placeAndStart(gateway)]
  for (const known of [undefined, other.secret]) {
    const returned = await takeReturn(gateway.provider, message(`?${order.outTradeNo}`), known)
    if (returned.came !== 'from_paying') throw new Error(returned.came)
    expect([order.secret, other.secret]).not.toContain(returned.secret)
    expect((await openOrder(returned.secret))?.id).toBe(order.orderId)
  }
})

test('who was asked to pay comes back to what they paid and never to the order, with their cookie and without', async () => {
  const gateway = openGateway()
  const order = await placeAndStart(gateway)
  const shared = await sharePayment(order.orderId)
  if (!shared.ok) throw new Error(shared.error.code)
  for (const known of [shared.value, undefined]) {
    const returned = await takeReturn(gateway.provider, message(`?${order.outTradeNo}`), known)
    expect(returned).toEqual({ came: 'from_paying', by: 'payment_link', locale: 'en', secret: shared.value })
  }
})

test('an old return opens nothing', async () => {
  const gateway = openGateway()
  const order = await placeAndStart(gateway)
  const later = new Date(Date.now() + 4 * 3_600_000)
  expect(await takeReturn(gateway.provider, message(`?${order.outTradeNo}`), undefined, later)).toEqual({
    came: 'from_nowhere',
  })
})

test('a forged return is kept with the reason, opens nothing, and asks nobody', async () => {
  const gateway = openGateway()
  const order = await placeAndStart(gateway)
  gateway.pay(order.outTradeNo, new Date())
  expect(await takeReturn(gateway.provider, message('?forged'), undefined)).toEqual({ came: 'from_nowhere' })
  expect(await takeReturn(gateway.provider, message('?forged'), order.secret)).toMatchObject({ came: 'without_word' })
  expect((await openOrder(order.secret))?.state).toBe('pending_payment')
  const kept = { source: 'return', verdict: 'refused', reason: 'bad_signature: forged' }
  expect(await sql`select source, verdict, reason from payment_messages`).toMatchObject([kept, kept])
})

test('back without a word: the order of this browser, or none', async () => {
  const gateway = openGateway()
  const order = await placeAndStart(gateway)
  const without = { came: 'without_word', by: 'order_link', locale: 'en', secret: order.secret }
  expect(await takeReturn(gateway.provider, message(''), order.secret)).toEqual(without)
  expect(await takeReturn(gateway.provider, message('?unknown-number'), order.secret)).toEqual(without)
  expect(await takeReturn(gateway.provider, message(''), 'no such secret')).toEqual({ came: 'from_nowhere' })
  expect(await sql`select from payment_messages`).toHaveLength(0)
})

test('back without a word from a gateway that says none: who has paid hears so, who can’t be told about is not asked again', async () => {
  const paid = openGateway()
  const order = await placeAndStart(paid)
  paid.pay(order.outTradeNo, new Date())
  expect(await takeReturn(paid.provider, message(''), order.secret)).toMatchObject({ came: 'from_paying' })
  expect((await openOrder(order.secret))?.state).toBe('confirmed')

  const silent = openGateway()
  const waiting = await placeAndStart(silent)
  silent.failNext('before')
  expect(await takeReturn(silent.provider, message(''), waiting.secret)).toMatchObject({ came: 'from_paying' })
  expect((await openOrder(waiting.secret))?.state).toBe('pending_payment')
})
