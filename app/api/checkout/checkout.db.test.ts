import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { NextRequest } from 'next/server'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { changeCart } from '#db/carts/change-cart.ts'
import { readCart } from '#db/carts/read-cart.ts'
import { readCheckoutDraft } from '#db/carts/read-checkout-draft.ts'
import { variants } from '#db/catalog/schema.ts'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db } from '#db/client.ts'
import { findOrder } from '#db/orders/find-order.ts'
import { orders } from '#db/orders/schema.ts'
import { setStock, stockOf } from '#db/testing/sample-order.ts'
import { readDraft } from '#lib/checkout/checkout-draft.ts'
import { readCheckoutValues } from '#lib/checkout/checkout-form.ts'
import { showCheckout } from '#lib/checkout/checkout-view.ts'
import { SAMPLE_CHECKOUT } from '#lib/checkout/testing/sample-checkout.ts'
import { LIMITS } from '#lib/domain/limits.ts'
import { toFen } from '#lib/domain/money.ts'
import { POST } from './route.ts'

const TEAPOT = 'CPT-RT90-CEL'
const CUP = 'CPT-TC65-CEL'
const HANGZHOU = { ...SAMPLE_CHECKOUT, payment: 'alipay' }

beforeAll(async () => {
  const keys = () =>
    generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    })
  for (const name of Object.keys(process.env))
    if (/^(?:ALIPAY|WECHATPAY|UNIONPAY)_/.test(name)) delete process.env[name]
  Object.assign(process.env, {
    PAYMENTS_MODE: 'sandbox',
    ALIPAY_APP_ID: '2021000000000001',
    ALIPAY_SELLER_ID: '2088000000000001',
    ALIPAY_PRIVATE_KEY: keys().privateKey,
    ALIPAY_PUBLIC_KEY: keys().publicKey,
    ALIPAY_GATEWAY_URL: 'http://127.0.0.1:1/gateway.do',
  })
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await Promise.all([setStock(TEAPOT, 9), setStock(CUP, 46)])
})

/** A basket with these pieces, and the fields that the page puts into its form for it. */
async function openCheckout(pieces: Readonly<Record<string, number>>, country = 'CN') {
  const token = randomBytes(32).toString('base64url')
  for (const [sku, quantity] of Object.entries(pieces))
    await changeCart({ token, operation: 'add', sku, quantity, locale: 'en' })
  return { token, hidden: await hiddenFields(token, country) }
}

async function hiddenFields(token: string, country = 'CN'): Promise<Record<string, string>> {
  const view = showCheckout(await readCart(token, 'en'), {
    locale: 'en',
    requestId: randomUUID(),
    draft: null,
    again: false,
    payments: ['alipay'],
    coupon: null,
    away: new Map(),
  })
  if (!view) throw new Error('nothing in the cart can be had')
  const zone = view.countries.find(({ code }) => code === country)?.zone ?? 'mainland'
  const fees = view.shipping[zone].map(({ method, feeFen }) => [`fee-${method}`, feeFen])
  return { request: view.requestId, lines: view.ticket, ...Object.fromEntries(fees) }
}

type Sent = { token?: string; scripted?: boolean; headers?: Record<string, string>; body?: string }
function send(fields: Record<string, string>, { token, scripted = true, headers, body }: Sent = {}) {
  return POST(
    new NextRequest('http://shop.example/api/checkout?locale=en', {
      method: 'POST',
      headers: {
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        ...(scripted ? { accept: 'application/json' } : {}),
        ...(token ? { cookie: `cart=${token}; cart_count=5` } : {}),
        ...headers,
      },
      body: body ?? new URLSearchParams(fields).toString(),
    }),
  )
}
const secretIn = (location: string | null | undefined) =>
  /^\/en\/order\/([\w-]{43})\/pay/.exec(location ?? '')?.[1] ?? ''
const countOrders = () => db.$count(orders)
const heldOf = async (sku: string) => (await stockOf(sku))?.held

test('a script is told where to pay, the order is what the page showed, and the cart is empty', async () => {
  const { token, hidden } = await openCheckout({ [TEAPOT]: 1, [CUP]: 2 })
  const answer = await send({ ...hidden, ...HANGZHOU }, { token })
  expect(answer.status).toBe(200)
  const { location } = (await answer.json()) as { location: string }
  const order = await findOrder(secretIn(location))
  expect(order).toMatchObject({ email: 'lin@example.com', phone: '+8613800138000', totalFen: 56_400n, locale: 'en' })
  expect(order?.lines.map(({ sku, quantity }) => [sku, quantity]).sort()).toEqual([
    [TEAPOT, 1],
    [CUP, 2],
  ])
  expect(await readCart(token, 'en')).toEqual([])
  expect(answer.headers.getSetCookie().join()).toContain('cart_count=2')
})

test('a plain form is sent on to pay, and what was kept of it is gone', async () => {
  const { token, hidden } = await openCheckout({ [CUP]: 1 })
  await send({ ...hidden, ...HANGZHOU, email: '' }, { token, scripted: false })
  expect(await readCheckoutDraft(token)).not.toBeNull()
  const answer = await send({ ...hidden, ...HANGZHOU }, { token, scripted: false })
  expect(answer.status).toBe(303)
  expect(await findOrder(secretIn(answer.headers.get('location')))).not.toBeNull()
  expect(await readCheckoutDraft(token)).toBeNull()
})

test('JSON is taken as well', async () => {
  const { token, hidden } = await openCheckout({ [CUP]: 1 })
  const headers = { 'content-type': 'application/json' }
  const answer = await send({}, { token, headers, body: JSON.stringify({ ...hidden, ...HANGZHOU }) })
  expect(answer.status).toBe(200)
})

test('errors come back all at once; a plain form finds what was typed', async () => {
  const { token, hidden } = await openCheckout({ [CUP]: 1 })
  const typed = { ...HANGZHOU, email: 'lin', phone: '110', street: 'a\0b' }
  const scripted = await send({ ...hidden, ...typed }, { token })
  expect(scripted.status).toBe(422)
  expect(await scripted.json()).toEqual({ errors: { email: 'invalid', phone: 'invalid' } })

  const plain = await send({ ...hidden, ...typed }, { token, scripted: false })
  expect(plain.status).toBe(303)
  expect(plain.headers.get('location')).toBe('/en/checkout?again#again')
  expect(readDraft(await readCheckoutDraft(token))).toEqual({
    values: { ...readCheckoutValues(new Map()), ...typed, street: 'ab' },
    errors: { email: 'invalid', phone: 'invalid' },
    changes: [],
    refused: null,
  })
})

test('asking for the fees of another country places nothing and judges nothing', async () => {
  const { token, hidden } = await openCheckout({ [CUP]: 1 })
  const before = await countOrders()
  const answer = await send({ ...hidden, ...HANGZHOU, country: 'FR', intent: 'shipping' }, { token, scripted: false })
  expect(answer.status).toBe(303)
  expect(await countOrders()).toBe(before)
  expect(readDraft(await readCheckoutDraft(token))).toMatchObject({ values: { country: 'FR' }, errors: {} })
})

test('fifty posts at once, a retry and the back button are one order', async () => {
  const { token, hidden } = await openCheckout({ [TEAPOT]: 2 })
  const before = await countOrders()
  const post = () => send({ ...hidden, ...HANGZHOU }, { token })
  const answers = [...(await Promise.all(Array.from({ length: 50 }, post))), await post()]
  const locations = await Promise.all(answers.map((answer) => answer.json()))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(new Set(locations.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(await countOrders()).toBe(before + 1)
  expect(await heldOf(TEAPOT)).toBe(2)
})

test('the same request with another basket or address is refused with a sentence and a new id', async () => {
  const { token, hidden } = await openCheckout({ [TEAPOT]: 1 })
  await send({ ...hidden, ...HANGZHOU }, { token })
  const before = await countOrders()
  const other = await openCheckout({ [CUP]: 1 })
  for (const fields of [
    { ...HANGZHOU, ...other.hidden, request: hidden['request'] ?? '' },
    { ...HANGZHOU, ...hidden, street: '龙井路 2 号' },
  ]) {
    const answer = await send(fields, { token: other.token })
    expect(answer.status).toBe(409)
    expect(await answer.json()).toEqual({
      said: expect.stringContaining('another order'),
      request: expect.stringMatching(/^[\da-f-]{36}$/),
    })
    expect(await countOrders()).toBe(before)
  }
})

test('without JavaScript that refusal leads to the order which the request has placed', async () => {
  const { token, hidden } = await openCheckout({ [TEAPOT]: 1 })
  const placed = await (await send({ ...hidden, ...HANGZHOU }, { token })).json()
  const answer = await send({ ...HANGZHOU, ...hidden, street: '龙井路 2 号' }, { token, scripted: false })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(`/en/checkout?again&order=${secretIn(placed.location)}#again`)
  expect(readDraft(await readCheckoutDraft(token))?.refused).toBe('other_input')
})

test('a price that changed is shown, and the order placed once the shopper has seen it', async () => {
  const { token, hidden } = await openCheckout({ [CUP]: 1 })
  await db
    .update(variants)
    .set({ priceFen: toFen(4_900n) })
    .where(eq(variants.sku, CUP))
  const answer = await send({ ...hidden, ...HANGZHOU }, { token })
  expect(answer.status).toBe(409)
  expect(await answer.json()).toEqual({ location: '/en/checkout?again' })
  expect(readDraft(await readCheckoutDraft(token))?.changes).toEqual([
    { kind: 'price', sku: CUP, from: 4_800n, to: 4_900n },
  ])
  expect(await heldOf(CUP)).toBe(0)

  const confirmed = await send({ ...(await hiddenFields(token)), ...HANGZHOU }, { token })
  expect(confirmed.status).toBe(200)
  await db
    .update(variants)
    .set({ priceFen: toFen(4_800n) })
    .where(eq(variants.sku, CUP))
})

test('a forged price orders nothing at that price', async () => {
  const { token, hidden } = await openCheckout({ [TEAPOT]: 1 })
  const forged = { ...hidden, lines: (hidden['lines'] ?? '').replace(/@\d+$/, '@1') }
  expect((await send({ ...forged, ...HANGZHOU }, { token })).status).toBe(409)
  expect((await send({ ...hidden, ...HANGZHOU, 'fee-express': '0', shipping: 'express' }, { token })).status).toBe(409)
  expect(await heldOf(TEAPOT)).toBe(0)
})

test('shipping to a country that the page did not show is confirmed first', async () => {
  const { token, hidden } = await openCheckout({ [CUP]: 1 })
  const abroad = {
    ...HANGZHOU,
    country: 'FR',
    phone: '+33612345678',
    region: '',
    city: 'Lyon',
    district: '',
    postcode: '69002',
  }
  expect((await send({ ...hidden, ...abroad }, { token })).status).toBe(409)
  expect(readDraft(await readCheckoutDraft(token))?.changes).toEqual([{ kind: 'shipping', from: 1_500n, to: 15_800n }])
  expect((await send({ ...(await hiddenFields(token, 'FR')), ...abroad }, { token })).status).toBe(200)
})

test('the last piece is sold to one of many; the others are told that it is gone', async () => {
  await setStock(TEAPOT, 1)
  const shoppers = await Promise.all(Array.from({ length: 20 }, () => openCheckout({ [TEAPOT]: 1 })))
  const answers = await Promise.all(shoppers.map(({ token, hidden }) => send({ ...hidden, ...HANGZHOU }, { token })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)])
  const loser = shoppers[answers.findIndex(({ status }) => status === 409)]
  expect(readDraft(await readCheckoutDraft(loser?.token))?.changes).toEqual([
    { kind: 'stock', sku: TEAPOT, wanted: 1, left: 0 },
  ])
})

const refused: [name: string, sent: Sent, status: number][] = [
  ['another site', { headers: { 'sec-fetch-site': 'cross-site' } }, 403],
  ['a file', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' }, 415],
  ['JSON that is none', { headers: { 'content-type': 'application/json' }, body: '{' }, 415],
  ['17 KiB', { body: 'email='.padEnd(17_000, 'x') }, 415],
  ['nothing at all', { body: '' }, 422],
  [
    'a prototype',
    { headers: { 'content-type': 'application/json' }, body: '{"__proto__":{"email":"a@b.example"}}' },
    422,
  ],
]
test.each(refused)('%s is refused and places nothing', async (_name, sent, status) => {
  const before = await countOrders()
  expect((await send({}, sent)).status).toBe(status)
  expect(await countOrders()).toBe(before)
})

test('a form of nowhere sends back to the page', async () => {
  const { token } = await openCheckout({ [CUP]: 1 })
  const answer = await send({ ...HANGZHOU, request: 'x', lines: '1x1@1' }, { token })
  expect(answer.status).toBe(409)
  expect(readDraft(await readCheckoutDraft(token))?.refused).toBe('stale')
})

test('codes can be tried thirty times from one address, and then one is told when to come back', async () => {
  const { token, hidden } = await openCheckout({ [CUP]: 1 })
  const tryCode = (coupon: string, ip: string) =>
    send(
      { ...hidden, ...HANGZHOU, intent: 'coupon', coupon },
      { token, scripted: false, headers: { 'x-forwarded-for': ip } },
    )
  const { times, seconds } = LIMITS.coupon
  const answers = await Promise.all(Array.from({ length: times }, (_, n) => tryCode(`GUESS${n}`, '203.0.113.9')))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]))
  const refused = await tryCode('SPRING', '203.0.113.9')
  expect(refused.status).toBe(429)
  const retryAfter = Number(refused.headers.get('retry-after'))
  expect(retryAfter).toBeGreaterThan(0)
  expect(retryAfter).toBeLessThanOrEqual(seconds)
  expect(await refused.text()).toMatch(/too often|minutes/)
  expect((await tryCode('SPRING', '203.0.113.10')).status).toBe(303)
  // Taking a code away guesses nothing.
  expect((await tryCode('', '203.0.113.9')).status).toBe(303)
})
