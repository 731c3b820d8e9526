import { randomBytes } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { openOrder } from '#db/orders/open-order.ts'
import { startAttempt } from '#db/payments/start-attempt.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import { toYuan } from '#lib/domain/money.ts'
import {
  APP_ID,
  alipayPair,
  merchantPair,
  paidNotice,
  SELLER_ID,
  signForm,
} from '#lib/payments/alipay/testing/alipay-double.ts'
import { startShop } from './support/start-shop.ts'

const POOL = 3
const SETTINGS = {
  PAYMENTS_MODE: 'sandbox',
  DATABASE_POOL: String(POOL),
  ALIPAY_APP_ID: APP_ID,
  ALIPAY_SELLER_ID: SELLER_ID,
  ALIPAY_PRIVATE_KEY: merchantPair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ALIPAY_PUBLIC_KEY: alipayPair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  ALIPAY_GATEWAY_URL: 'http://127.0.0.1:9/gateway.do',
}
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})

async function awaitedOrder() {
  const { orderId, secret } = await placeSample({ 'CPT-RT90-CEL': 1 })
  const expiresAt = (await openOrder(secret))?.expiresAt ?? new Date()
  const started = await startAttempt({ orderId, provider: 'alipay', scene: 'page', expiresAt })
  if (!started.ok) throw new Error(started.error.code)
  const { outTradeNo, amount } = started.value
  const notice = signForm(paidNotice({ out_trade_no: outTradeNo, total_amount: toYuan(amount), trade_no: outTradeNo }))
  return { secret, notice }
}

/** Of this moment, of the connection, or Next’s own business: it packs what the front packs, and varies by its own headers. */
const PASSING = [
  'connection',
  'content-encoding',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'vary',
  'x-request-id',
  'location',
]

test('a door answers the same on its short way and by Next, which a letter written as %xx asks', async () => {
  const shop = await startShop(SETTINGS)
  const { secret, notice } = await awaitedOrder()
  const escaped = (word: string) => `%${word.charCodeAt(0).toString(16)}${word.slice(1)}`
  const asked: [path: (of: (word: string) => string) => string, body: Uint8Array | string, from: object][] = [
    [(of) => `/api/notify/${of('alipay')}`, notice, {}],
    [(of) => `/api/notify/${of('alipay')}`, 'sign=none', {}],
    [(of) => `/api/notify/${of('paypal')}`, '', {}],
    [(of) => `/api/orders/${of(secret)}/pay`, 'method=alipay_page', { 'sec-fetch-site': 'same-origin' }],
    [(of) => `/api/orders/${of(secret)}/pay`, 'method=alipay_page', { 'sec-fetch-site': 'cross-site' }],
    [(of) => `/api/orders/${of('nobody')}/pay`, 'method=alipay_page', { 'sec-fetch-site': 'same-origin' }],
  ]
  for (const [path, body, from] of asked) {
    const init = {
      method: 'POST',
      body: Uint8Array.from(Buffer.from(body)),
      headers: { ...FORM, ...from },
      redirect: 'manual',
    } as const
    const seen = async (url: string) => {
      const answer = await fetch(`${shop.url}${url}`, init)
      const headers = [...answer.headers].filter(([name]) => !PASSING.includes(name))
      return { status: answer.status, body: await answer.text(), headers: Object.fromEntries(headers) }
    }
    const plain = path((word) => word)
    const [short, byNext] = [await seen(plain), await seen(path(escaped))]
    // Next puts the common policy over a door's own.
    const own = short.status === 303 ? { 'referrer-policy': 'origin' } : {}
    expect(short, plain).toEqual({ ...byNext, headers: { ...byNext.headers, ...own } })
  }
})

test('payments have connections of their own: pages that wait for the database hold none of them up', async () => {
  const shop = await startShop(SETTINGS)
  const { secret, notice } = await awaitedOrder()
  const cookie = `cart=${randomBytes(32).toString('base64url')}`
  const waiting = () => sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and query like '%products%'`
  const browsing = await sql.begin(async (tx) => {
    await tx`lock table products in access exclusive mode`
    const pages = Array.from({ length: 4 * POOL }, () => fetch(`${shop.url}/api/cart`, { headers: { cookie } }))
    await expect.poll(async () => (await waiting()).length).toBe(POOL)
    const answer = await fetch(`${shop.url}/api/notify/alipay`, {
      method: 'POST',
      body: Uint8Array.from(notice),
      headers: FORM,
    })
    expect([answer.status, await answer.text()]).toEqual([200, 'success'])
    expect(await waiting()).toHaveLength(POOL)
    return pages
  })
  await Promise.all(browsing)
  expect((await openOrder(secret))?.state).toBe('confirmed')
})
