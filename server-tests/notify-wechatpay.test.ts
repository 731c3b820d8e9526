import { gzipSync } from 'node:zlib'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { openOrder } from '#db/orders/open-order.ts'
import { startAttempt } from '#db/payments/start-attempt.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import {
  API_V3_KEY,
  APP_ID,
  MCH_ID,
  merchant,
  noticeBody,
  PUBLIC_KEY_ID,
  type SignOptions,
  signedHeaders,
  strangerPair,
  transaction,
  wechatPair,
} from '#lib/payments/wechatpay/testing/wechat-double.ts'
import { postRaw } from './support/post-raw.ts'
import { type Shop, startShop } from './support/start-shop.ts'

const SETTINGS = {
  PAYMENTS_MODE: 'sandbox',
  WECHATPAY_GATEWAY_URL: 'http://127.0.0.1:9',
  WECHATPAY_MCH_ID: MCH_ID,
  WECHATPAY_APP_ID: APP_ID,
  WECHATPAY_API_V3_KEY: API_V3_KEY.toString(),
  WECHATPAY_PRIVATE_KEY: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  WECHATPAY_CERTIFICATE: merchant.pem,
  WECHATPAY_PUBLIC_KEY: wechatPair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  WECHATPAY_PUBLIC_KEY_ID: PUBLIC_KEY_ID,
}
const JSON_TYPE = { 'content-type': 'application/json' }

beforeAll(async () => {
  await seedCatalog(db, new Date('2026-11-01T00:00:00Z'))
})
beforeEach(async () => {
  await sql`truncate payment_messages`
})

/** An order that waits for its money, and the notice that brings it. */
async function awaitedOrder() {
  const { orderId, secret } = await placeSample({ 'CPT-RT90-CEL': 1 })
  const expiresAt = (await openOrder(secret))?.expiresAt ?? new Date()
  const started = await startAttempt({ orderId, provider: 'wechatpay', scene: 'qr', expiresAt })
  if (!started.ok) throw new Error(started.error.code)
  const { outTradeNo, amount } = started.value
  const total = Number(amount)
  const notice = (changes: object = {}, options: Parameters<typeof noticeBody>[1] = {}) =>
    noticeBody(
      transaction({
        out_trade_no: outTradeNo,
        transaction_id: `42000020261121${outTradeNo}`.slice(0, 28),
        amount: { total, currency: 'CNY' },
        ...changes,
      }),
      options,
    )
  const state = async () => (await openOrder(secret))?.state
  return { notice, state, total }
}

const headersOf = (body: Uint8Array, options: SignOptions = {}): Record<string, string> => ({
  ...JSON_TYPE,
  ...signedHeaders(body, { now: new Date(), ...options }),
})
const notify = (shop: Shop, body: Uint8Array, headers: Record<string, string> = headersOf(body)) =>
  postRaw(`${shop.url}/api/notify/wechatpay`, [body], headers)
const messages = () => sql`select verdict, reason from payment_messages order by id`
const soon = (seconds: number) => new Date(Date.now() + seconds * 1000)

test('what is not WeChat Pay’s word is refused with FAIL, kept with the reason, and changes nothing', async () => {
  const shop = await startShop(SETTINGS)
  const { notice, state } = await awaitedOrder()
  const body = notice()
  const genuine = headersOf(body)
  const parsed = JSON.parse(body.toString())
  const big = Buffer.alloc(65_537, ' ')
  const without = (name: string) => Object.fromEntries(Object.entries(genuine).filter(([key]) => key !== name))
  const cases: [name: string, status: number, reason: string, body: Uint8Array, headers?: Record<string, string>][] = [
    ['21: the same content, written anew', 400, 'bad_signature', Buffer.from(JSON.stringify(parsed, null, 1)), genuine],
    ['21: a line end behind it', 400, 'bad_signature', Buffer.from(`${body}\n`), genuine],
    [
      '21: slashes escaped on the way',
      400,
      'bad_signature',
      Buffer.from(body.toString().replaceAll('/', '\\/')),
      genuine,
    ],
    [
      '22: timestamp and nonce swapped',
      400,
      'malformed',
      body,
      {
        ...genuine,
        'wechatpay-timestamp': genuine['wechatpay-nonce'] ?? '',
        'wechatpay-nonce': genuine['wechatpay-timestamp'] ?? '',
      },
    ],
    ['23: a probe', 400, 'probe: ', body, { ...genuine, 'wechatpay-signature': 'WECHATPAY/SIGNTEST/c2ln' }],
    ['no signature', 400, 'not_signed', body, without('wechatpay-signature')],
    ['no serial', 400, 'not_signed', body, without('wechatpay-serial')],
    ['no nonce', 400, 'not_signed', body, without('wechatpay-nonce')],
    ['no timestamp', 400, 'not_signed', body, without('wechatpay-timestamp')],
    ['no headers at all', 400, 'not_signed', body, JSON_TYPE],
    ['six minutes old', 400, 'stale', body, headersOf(body, { now: soon(-360) })],
    ['six minutes ahead', 400, 'stale', body, headersOf(body, { now: soon(360) })],
    [
      'the name of another public key',
      400,
      'bad_signature',
      body,
      headersOf(body, { serial: 'PUB_KEY_ID_0100000000' }),
    ],
    ['30: our own serial', 503, 'key_unavailable', body, headersOf(body, { serial: 'A'.repeat(40) })],
    ['the key of a stranger', 400, 'bad_signature', body, headersOf(body, { key: strangerPair.privateKey })],
    ['our own key', 400, 'bad_signature', body, headersOf(body, { key: merchant.privateKey })],
    ['SHA-1', 400, 'bad_signature', body, headersOf(body, { digest: 'sha1' })],
    ['cut off', 400, 'bad_signature', body.subarray(0, -1), genuine],
    ['another merchant', 400, 'other_merchant', notice({ mchid: '1900000000' })],
    ['another application', 400, 'other_application', notice({ appid: 'wx0000000000000000' })],
    ['not paid', 400, 'malformed: genuine, but no payment', notice({ trade_state: 'NOTPAY' })],
    [
      'sealed with another key',
      400,
      'malformed: genuine, but not to be opened',
      notice({}, { key: Buffer.alloc(32, 'x') }),
    ],
    ['no JSON', 400, 'malformed', Buffer.from('no json')],
    ['an empty body', 400, 'malformed', Buffer.alloc(0)],
    ['a form', 415, 'content_type', body, { ...genuine, 'content-type': 'application/x-www-form-urlencoded' }],
    ['packed', 415, 'content_encoding', gzipSync(body), { ...genuine, 'content-encoding': 'gzip' }],
    ['64 KiB and a byte', 413, 'too_large', big],
  ]
  for (const [name, status, reason, sent, headers = headersOf(sent)] of cases) {
    await sql`truncate payment_messages`
    const answer = await notify(shop, sent, headers)
    expect(answer.status, name).toBe(status)
    expect(JSON.parse(answer.body), name).toMatchObject({ code: 'FAIL' })
    expect(await messages(), name).toMatchObject([{ verdict: 'refused', reason: expect.stringMatching(`^${reason}`) }])
  }
  expect(await state()).toBe('pending_payment')
  expect(await sql`select from payment_events`).toHaveLength(0)
  expect((await notify(shop, body, genuine)).status).toBe(204)
  expect(await state()).toBe('confirmed')
})

test('an amount that is off by one, or another currency, is refused and laid before a person', async () => {
  await sql`truncate payment_messages`
  const shop = await startShop(SETTINGS)
  for (const wrong of [-1, 1]) {
    const { notice, state, total } = await awaitedOrder()
    expect((await notify(shop, notice({ amount: { total: total + wrong, currency: 'CNY' } }))).status).toBe(400)
    expect(await state()).toBe('pending_payment')
  }
  const { notice, state, total } = await awaitedOrder()
  expect((await notify(shop, notice({ amount: { total, currency: 'HKD' } }))).status).toBe(400)
  expect(await state()).toBe('pending_payment')
  expect(await sql`select kind from incidents order by kind`).toMatchObject([
    { kind: 'disputed_amount' },
    { kind: 'disputed_amount' },
    { kind: 'disputed_currency' },
  ])
  expect((await messages()).map(({ reason }) => reason)).toEqual([
    'disputed: amount',
    'disputed: amount',
    'disputed: currency',
  ])
})

test('29, 30: taken once by two processes, answered 204 without a body; a message of its own for each repeat', async () => {
  const shops = [await startShop(SETTINGS), await startShop(SETTINGS)] as const
  const { notice, state } = await awaitedOrder()
  const body = notice()
  const headers = headersOf(body)
  const before = (await sql`select from payment_events`).length
  const twenty = Array.from({ length: 20 }, (_, turn) => shops[turn % 2 === 0 ? 0 : 1])
  const same = await Promise.all(twenty.map((shop) => notify(shop, body, headers)))
  expect(same.map(({ status }) => status).sort()).toEqual([204, ...Array(19).fill(400)])
  expect(same.find(({ status }) => status === 204)?.body).toBe('')
  const again = await Promise.all(shops.map((shop) => notify(shop, body)))
  expect(again.map(({ status }) => status)).toEqual([204, 204])
  expect(await state()).toBe('confirmed')
  expect(await sql`select from payment_events`).toHaveLength(before + 1)
})

test('29: a number that is not known yet is asked for again, and then it is taken', async () => {
  const shop = await startShop(SETTINGS)
  const body = noticeBody(transaction({ out_trade_no: '261121UNKNOWNNUMBER01' }))
  const answer = await notify(shop, body)
  expect(answer.status).toBe(503)
  expect(JSON.parse(answer.body)).toEqual({ code: 'FAIL', message: 'retry' })
})
