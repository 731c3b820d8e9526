import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { findOrder } from '#db/orders/find-order.ts'
import { placeSample, setStock } from '#db/testing/sample-order.ts'
import type { CreateError } from '../payments/errors.ts'
import type { PaymentProvider } from '../payments/port.ts'
import { err, ok, type Result } from '../result.ts'
import { closeOtherAttempts } from './close-other-attempts.ts'
import { startPayment } from './start-payment.ts'
import { createFakeGateway } from './testing/fake-gateway.ts'

const TEAPOT = 'CPT-RT90-CEL'
const NOW = new Date('2026-11-21T12:00:00.000Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const EXPIRES = later(30)

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate orders, payment_messages cascade`
  await setStock(TEAPOT, 20)
})

/** A shopper with an order, and one gateway under two names: what they leave, and what they turn to. */
async function openShop() {
  const left = createFakeGateway()
  const taken = createFakeGateway()
  const wechatpay: PaymentProvider = { ...taken.provider, name: 'wechatpay' }
  const providers = new Map([
    ['alipay', left.provider],
    ['wechatpay', wechatpay],
  ] as const)
  const { orderId, secret } = await placeSample({ [TEAPOT]: 1 }, NOW)
  const start = (provider: PaymentProvider, at = NOW) =>
    startPayment(
      provider,
      { orderId, expiresAt: EXPIRES, scene: { kind: 'qr' }, subject: 'Teapot', returnUrl: 'http://shop.test/' },
      at,
    )
  const turnTo = { orderId, provider: 'wechatpay', scene: 'qr' } as const
  const state = async () => (await findOrder(secret))?.state
  return { left, taken, wechatpay, providers, start, turnTo, state }
}
const attempts = () => sql`select provider, state from payment_attempts order by sequence`

describe('who turns to another way', () => {
  test('has the first one closed at its provider before the second begins', async () => {
    const { left, providers, start, turnTo, wechatpay } = await openShop()
    await start(left.provider)
    expect(await closeOtherAttempts(providers, turnTo, NOW)).toBe('go_on')
    await start(wechatpay)
    expect(await attempts()).toMatchObject([
      { provider: 'alipay', state: 'closed' },
      { provider: 'wechatpay', state: 'redirected' },
    ])
    expect(left.pay(left.numbers()[0] ?? '', NOW)).toBe(false)
  })

  test('and has paid by the first one meanwhile has paid the order, and is asked for nothing more', async () => {
    const { left, providers, start, turnTo, state } = await openShop()
    await start(left.provider)
    left.pay(left.numbers()[0] ?? '', NOW)
    expect(await closeOtherAttempts(providers, turnTo, NOW)).toBe('settled')
    expect(await state()).toBe('confirmed')
  })

  test('because the first gateway is down, is not held up by it', async () => {
    const { left, providers, start, turnTo } = await openShop()
    await start(left.provider)
    left.failNext('before')
    expect(await closeOtherAttempts(providers, turnTo, NOW)).toBe('go_on')
    expect(await attempts()).toMatchObject([{ provider: 'alipay', state: 'redirected' }])
  })

  test('keeps the attempt that they come back to', async () => {
    const { taken, providers, start, turnTo, wechatpay } = await openShop()
    await start(wechatpay)
    expect(await closeOtherAttempts(providers, turnTo, NOW)).toBe('go_on')
    await start(wechatpay)
    expect(taken.numbers()).toHaveLength(1)
  })
})

/** Answers codes that hold for five minutes. */
function withCodes(gateway: ReturnType<typeof createFakeGateway>): PaymentProvider {
  const { create } = gateway.provider
  return {
    ...gateway.provider,
    create: async (request) => {
      const created = await create(request)
      return created.ok ? ok({ kind: 'qr', text: request.outTradeNo, expiresAt: later(5) }) : created
    },
  }
}

describe('a code that has run out', () => {
  test('is closed, and a new one takes its place; before that it is given again', async () => {
    const { taken, start } = await openShop()
    const provider = withCodes(taken)
    const [first, again] = [await start(provider), await start(provider, later(4))]
    expect(again).toEqual(first)
    const renewed = await start(provider, later(5))
    expect(taken.numbers()).toHaveLength(2)
    expect(renewed).toMatchObject({ value: { text: taken.numbers()[1] } })
    expect(await attempts()).toMatchObject([{ state: 'closed' }, { state: 'redirected' }])
    expect(taken.pay(taken.numbers()[0] ?? '', later(5))).toBe(false)
  })

  test('and was paid in its last second is not renewed: the order is paid', async () => {
    const { taken, start, state } = await openShop()
    const provider = withCodes(taken)
    await start(provider)
    taken.pay(taken.numbers()[0] ?? '', later(4))
    expect(await start(provider, later(6))).toEqual(err({ code: 'already_paid' }))
    expect(await state()).toBe('confirmed')
  })

  test('is not renewed while the provider does not say that the old one is closed', async () => {
    const { taken, start } = await openShop()
    const provider = withCodes(taken)
    await start(provider)
    taken.failNext('before')
    expect(await start(provider, later(6))).toEqual(err({ code: 'no_answer' }))
    expect(taken.numbers()).toHaveLength(1)
  })
})

test('a number that the provider knows with another content is closed there, and the next one is taken', async () => {
  const { taken, start } = await openShop()
  let complaint: Result<never, CreateError> | null = err({ code: 'number_taken' })
  const provider: PaymentProvider = {
    ...taken.provider,
    create: async (request) => {
      const said = complaint
      complaint = null
      return said ?? taken.provider.create(request)
    },
  }
  expect((await start(provider)).ok).toBe(true)
  expect(await attempts()).toMatchObject([{ state: 'closed' }, { state: 'redirected' }])
})
