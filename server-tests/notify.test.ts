import { gzipSync } from 'node:zlib'
import postgres from 'postgres'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { openOrder } from '#db/orders/open-order.ts'
import { startAttempt } from '#db/payments/start-attempt.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import { toYuan } from '#lib/domain/money.ts'
import { env } from '#lib/env.ts'
import {
  APP_ID,
  alipayPair,
  encodeForm,
  type Fields,
  merchantPair,
  paidNotice,
  SELLER_ID,
  signForm,
  strangerPair,
} from '#lib/payments/alipay/testing/alipay-double.ts'
import { postRaw } from './support/post-raw.ts'
import { type Shop, startShop } from './support/start-shop.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
const pem = { type: 'pkcs8', format: 'pem' } as const
const SETTINGS = {
  PAYMENTS_MODE: 'sandbox',
  ALIPAY_APP_ID: APP_ID,
  ALIPAY_SELLER_ID: SELLER_ID,
  ALIPAY_PRIVATE_KEY: merchantPair.privateKey.export(pem).toString(),
  ALIPAY_PUBLIC_KEY: alipayPair.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  ALIPAY_GATEWAY_URL: 'http://127.0.0.1:9/gateway.do',
}

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
  const started = await startAttempt({ orderId, provider: 'alipay', scene: 'page', expiresAt })
  if (!started.ok) throw new Error(started.error.code)
  const notice = (changes: Fields = {}) =>
    paidNotice({
      out_trade_no: started.value.outTradeNo,
      total_amount: toYuan(started.value.amount),
      trade_no: `20261121220014999905${started.value.outTradeNo.slice(6, 14)}`,
      ...changes,
    })
  const state = async () => (await openOrder(secret))?.state
  return { secret, notice, state }
}

const messages = () => sql`select verdict, reason, octet_length(body) as bytes from payment_messages order by id`
const notify = (shop: Shop, body: Uint8Array | string, headers: Record<string, string> = FORM) =>
  postRaw(`${shop.url}/api/notify/alipay`, [body], headers)

test('what is not Alipay’s word is refused, kept with the reason, and changes nothing', async () => {
  const shop = await startShop(SETTINGS)
  const { notice, state } = await awaitedOrder()
  const genuine = signForm(notice())
  const text = genuine.toString('latin1')
  const big = Buffer.alloc(10 * 1024 * 1024, 'a')
  const cases: [name: string, status: number, reason: string, body: Uint8Array | string, headers?: object][] = [
    ['an empty body', 400, 'bad_signature: there is none', ''],
    ['no signature', 400, 'bad_signature: there is none', encodeForm(notice())],
    ['the key of a stranger', 400, 'bad_signature', signForm(notice(), { key: strangerPair.privateKey })],
    ['our own key', 400, 'bad_signature', signForm(notice(), { key: merchantPair.privateKey })],
    ['SHA-1', 400, 'bad_signature', signForm(notice(), { digest: 'sha1' })],
    ['cut off', 400, 'bad_signature', genuine.subarray(0, genuine.length - 40)],
    ['an amount altered after signing', 400, 'bad_signature', text.replace(/total_amount=\d+/, 'total_amount=1')],
    ['a field twice', 400, 'malformed: the field total_amount comes twice', `${text}&total_amount=0.01`],
    ['__proto__', 400, 'malformed: a field has a strange name', `${text}&__proto__=x`],
    ['constructor[prototype]', 400, 'malformed: a field has a strange name', `${text}&constructor%5Bprototype%5D=x`],
    ['another application', 400, 'other_application', signForm(notice({ app_id: '2021000000000009' }))],
    ['another seller', 400, 'other_merchant', signForm(notice({ seller_id: '2088999999999999' }))],
    ['GBK that says UTF-8', 400, 'malformed: the bytes', signForm(notice(), { charset: 'gbk' })],
    ['bytes of no charset', 400, 'malformed', Buffer.from([0xff, 0xfe, 0x00, 0xed, 0xa0, 0x80])],
    ['JSON', 415, 'content_type: application/json', '{}', { 'content-type': 'application/json' }],
    ['no type', 415, 'content_type: none', genuine, {}],
    [
      'a multipart form',
      415,
      'content_type: multipart',
      genuine,
      { 'content-type': 'multipart/form-data; boundary=x' },
    ],
    ['packed by gzip', 415, 'content_encoding: gzip', gzipSync(genuine), { ...FORM, 'content-encoding': 'gzip' }],
    ['64 KiB and a byte', 413, 'too_large', big.subarray(0, 65_537)],
    ['10 MB', 413, 'too_large', big, { ...FORM, 'content-length': String(big.length) }],
    ['10 MB without a length', 413, 'too_large', big],
  ]
  for (const [name, status, reason, body, headers = FORM] of cases) {
    await sql`truncate payment_messages`
    const answer = await notify(shop, body, { ...headers })
    expect(answer.status, name).toBe(status)
    expect(answer.body, name).not.toContain('success')
    expect(await messages(), name).toMatchObject([{ verdict: 'refused', reason: expect.stringMatching(reason) }])
  }
  expect(await state()).toBe('pending_payment')
  expect(await sql`select from payment_events`).toHaveLength(0)

  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'])
    expect((await fetch(`${shop.url}/api/notify/alipay`, { method })).status, method).toBe(405)
  for (const provider of ['wechatpay', 'paypal', '__proto__', 'constructor'])
    expect((await fetch(`${shop.url}/api/notify/${provider}`, { method: 'POST' })).status, provider).toBe(404)
})

test('Alipay’s word is taken once and answered the same each time, and the page that follows hears of it', async () => {
  const shop = await startShop(SETTINGS)
  const { notice, state, secret } = await awaitedOrder()
  const following = await fetch(`${shop.url}/api/orders/${secret}/events`)
  expect(following.headers.get('content-type')).toBe('text/event-stream')

  const reader = following.body?.pipeThrough(new TextDecoderStream()).getReader()
  let told = ''
  while (!told.includes('data:')) told += (await reader?.read())?.value ?? ''
  expect(told).toContain('data: pending_payment.paying.unfulfilled.0.0')

  const body = signForm(notice())
  const answers = await Promise.all(Array.from({ length: 20 }, () => notify(shop, body)))
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.body}`))).toEqual(new Set(['200 success']))
  expect(await state()).toBe('confirmed')
  expect(await sql`select from payment_events`).toHaveLength(1)
  expect(await messages()).toHaveLength(20)

  while (!/data: confirmed\.paid\.unfulfilled\.0\.0\S*\n\n$/.test(told)) told += (await reader?.read())?.value ?? ''
  await reader?.cancel()
  expect((await fetch(`${shop.url}/api/orders/${'x'.repeat(43)}/events`)).status).toBe(404)
})

test('a genuine message in GBK is believed', async () => {
  const shop = await startShop(SETTINGS)
  const { notice, state } = await awaitedOrder()
  const answer = await notify(shop, signForm(notice({ charset: 'GBK' }), { charset: 'gbk' }))
  expect(answer).toEqual({ status: 200, body: 'success' })
  expect(await state()).toBe('confirmed')
})

test('while the database is away every message is answered so that it comes again, and then it is taken', async () => {
  const shop = await startShop(SETTINGS)
  const { notice, state } = await awaitedOrder()
  const body = signForm(notice())
  const own = new URL(env.DATABASE_URL)
  const name = own.pathname.slice(1)
  own.pathname = '/postgres'
  const admin = postgres(own.href, { max: 1 })
  await admin`alter database ${admin(name)} allow_connections false`
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
  const refused = await Promise.all([notify(shop, body), notify(shop, 'forged=1')])
  await admin`alter database ${admin(name)} allow_connections true`
  await admin.end()
  expect(refused).toEqual([
    { status: 503, body: 'fail' },
    { status: 503, body: 'fail' },
  ])
  await expect.poll(() => notify(shop, body), { timeout: 20_000 }).toEqual({ status: 200, body: 'success' })
  expect(await state()).toBe('confirmed')
})

test('who is not listed is turned away unread, whatever headers say; who is listed is heard', async () => {
  const fenced = { NOTIFY_SOURCES: 'enforce', NOTIFY_SOURCES_ALIPAY: '127.0.0.2', TRUSTED_PROXIES: '127.0.0.3' }
  const shop = await startShop({ ...SETTINGS, ...fenced })
  const { notice, state } = await awaitedOrder()
  const tell = (from: string, headers: Record<string, string> = {}) =>
    postRaw(`${shop.url}/api/notify/alipay`, [signForm(notice())], { ...FORM, ...headers }, { from })
  const claims = [
    {},
    { 'x-forwarded-for': '127.0.0.2' },
    { 'x-comptoir-peer': '127.0.0.2' },
    { 'x-real-ip': '127.0.0.2' },
  ]
  for (const claim of claims) expect((await tell('127.0.0.1', claim)).status).toBe(403)
  // Through the proxy, which tells whom it saw.
  expect((await tell('127.0.0.3', { 'x-forwarded-for': '127.0.0.2, 198.51.100.9' })).status).toBe(403)
  expect(await messages()).toHaveLength(0)
  expect(await tell('127.0.0.3', { 'x-forwarded-for': '127.0.0.2' })).toEqual({ status: 200, body: 'success' })
  expect(await tell('127.0.0.2')).toEqual({ status: 200, body: 'success' })
  expect(await state()).toBe('confirmed')
})

test('observed only, a stranger is heard, and the message kept says where it came from', async () => {
  const shop = await startShop({ ...SETTINGS, NOTIFY_SOURCES_ALIPAY: '127.0.0.2' })
  const { notice } = await awaitedOrder()
  const said = await postRaw(`${shop.url}/api/notify/alipay`, [signForm(notice())], FORM)
  expect(said).toEqual({ status: 200, body: 'success' })
  expect(await sql`select verdict, headers ->> 'x-unlisted-source' as from from payment_messages`).toMatchObject([
    { verdict: 'accepted', from: '127.0.0.1' },
  ])
})
