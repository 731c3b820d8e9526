import { gzipSync } from 'node:zlib'
import postgres from 'postgres'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { seedCatalog } from '#db/catalog/seed/seed-catalog.ts'
import { db, sql } from '#db/client.ts'
import { openOrder } from '#db/orders/open-order.ts'
import { startAttempt } from '#db/payments/start-attempt.ts'
import { placeSample } from '#db/testing/sample-order.ts'
import { env } from '#lib/env.ts'
import { makeCertificate } from '#lib/payments/testing/make-certificate.ts'
import {
  answerLine,
  encodeForm,
  intermediate,
  MER_ID,
  merchant,
  paidNotice,
  root,
  signForm,
  signValues,
  UNIONPAY_NAME,
  type Values,
} from '#lib/payments/unionpay/testing/unionpay-double.ts'
import { toTxnTime } from '#lib/payments/unionpay/times.ts'
import { postRaw } from './support/post-raw.ts'
import { type Shop, startShop } from './support/start-shop.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const SETTINGS = {
  PAYMENTS_MODE: 'sandbox',
  UNIONPAY_MER_ID: MER_ID,
  UNIONPAY_PRIVATE_KEY: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  UNIONPAY_CERTIFICATE: merchant.pem,
  UNIONPAY_ROOT_CERTIFICATE: root.pem,
  UNIONPAY_INTERMEDIATE_CERTIFICATE: intermediate.pem,
  UNIONPAY_GATEWAY_URL: 'http://127.0.0.1:9',
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
  const started = await startAttempt({ orderId, provider: 'unionpay', scene: 'form', expiresAt })
  if (!started.ok) throw new Error(started.error.code)
  const { outTradeNo, startedAt, amount } = started.value
  const txnTime = toTxnTime(startedAt)
  const notice = (changes: Values = {}) =>
    paidNotice({
      orderId: outTradeNo,
      txnTime,
      traceTime: txnTime.slice(4),
      txnAmt: String(amount),
      queryId: `7826112117300007${String(Date.now()).slice(-5)}`,
      ...changes,
    })
  const state = async () => (await openOrder(secret))?.state
  return { notice, state }
}

const messages = () => sql`select verdict, reason, octet_length(body) as bytes from payment_messages order by id`
const notify = (shop: Shop, body: Uint8Array | string, headers: Record<string, string> = FORM) =>
  postRaw(`${shop.url}/api/notify/unionpay`, [body], headers)

test('what is not UnionPay’s word is refused, kept with the reason, and changes nothing', async () => {
  const shop = await startShop(SETTINGS)
  const { notice, state } = await awaitedOrder()
  const genuine = signForm(notice()).toString()
  const leaf = (changes: Partial<Parameters<typeof makeCertificate>[0]>) =>
    makeCertificate({ name: UNIONPAY_NAME, issuer: intermediate, ...changes })
  const braced = signValues(notice({ reqReserved: '{a=1&txnAmt=1}' }))
  const other = { ...signValues(notice()), signPubKeyCert: leaf({}).pem.trim().replaceAll('\n', '\r\n') }
  const plusLost = Object.entries(signValues(notice())).map(([name, value]) => [name, value.replaceAll('+', ' ')])
  const big = Buffer.alloc(10 * 1024 * 1024, 'a')
  const cases: [name: string, status: number, reason: string, body: Uint8Array | string, headers?: object][] = [
    ['an empty body', 400, 'bad_signature', ''],
    ['no signature', 400, 'bad_signature: there is none', encodeForm(notice())],
    [
      'a self-signed leaf with the right name',
      400,
      'not believed: no chain',
      signForm(notice(), { by: makeCertificate({ name: UNIONPAY_NAME }) }),
    ],
    [
      'the right authority with the wrong name',
      400,
      'not believed: it is made out to',
      signForm(notice(), { by: merchant }),
    ],
    [
      'an expired certificate',
      400,
      'not believed: a certificate of the chain is expired',
      signForm(notice(), { by: leaf({ to: '2025-01-01' }) }),
    ],
    [
      'one that is not valid yet',
      400,
      'not believed: a certificate of the chain',
      signForm(notice(), { by: leaf({ from: '2039-01-01' }) }),
    ],
    ['a certificate swapped with another', 400, 'bad_signature: the signature does not hold', encodeForm(other)],
    ['version 5.0.0', 400, 'bad_signature: version 5.0.0', signForm(notice({ version: '5.0.0' }))],
    ['method 11', 400, 'method 11 is not taken', signForm(notice({ signMethod: '11' }))],
    ['a doubled field', 400, 'malformed: the field txnAmt comes twice', `${genuine}&txnAmt=1`],
    ['& and = inside of {}, not encoded', 400, 'malformed: the field txnAmt comes twice', answerLine(braced)],
    [
      '& and = inside of {}, cut into fields',
      400,
      'malformed: a value could be read',
      encodeForm({
        ...signValues(notice({ reqReserved: '{a=1&reqReserved2=1}' })),
        reqReserved: '{a=1',
        reqReserved2: '1}',
      }),
    ],
    ['line ends of the certificate normalised', 400, 'bad_signature', genuine.replaceAll('%0D%0A', '%0A')],
    ['blanks where + stood', 400, 'bad_signature', encodeForm(Object.fromEntries(plusLost))],
    ['decoded twice', 400, '', decodeURIComponent(genuine)],
    ['a field added on the way', 400, 'bad_signature', `${genuine}&config=default`],
    ['an altered amount', 400, 'bad_signature', genuine.replace(/txnAmt=\d+/, 'txnAmt=1')],
    ['another merchant', 400, 'other_merchant', signForm(notice({ merId: '777290058110099' }))],
    ['an amount with a point', 400, 'malformed: genuine, but', signForm(notice({ txnAmt: '268.00' }))],
    ['__proto__', 400, 'malformed: a field has a strange name', `${genuine}&__proto__=x`],
    ['JSON', 415, 'content_type: application/json', '{}', { 'content-type': 'application/json' }],
    ['packed by gzip', 415, 'content_encoding: gzip', gzipSync(genuine), { ...FORM, 'content-encoding': 'gzip' }],
    ['10 MB without a length', 413, 'too_large', big],
  ]
  for (const [name, status, reason, body, headers = FORM] of cases) {
    await sql`truncate payment_messages`
    const answer = await notify(shop, body, { ...headers })
    expect(answer.status, name).toBe(status)
    expect(await messages(), name).toMatchObject([{ verdict: 'refused', reason: expect.stringContaining(reason) }])
  }
  expect(await state()).toBe('pending_payment')
  expect(await sql`select from payment_events`).toHaveLength(0)
})

test('3: + and line ends survive the way through a real server, encoded in any way or not at all', async () => {
  const shop = await startShop(SETTINGS)
  const ways: [name: string, write: (values: Values) => Uint8Array | string][] = [
    ['as browsers do', encodeForm],
    [
      'throughout',
      (values) =>
        Object.entries(values)
          .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
          .join('&'),
    ],
    [
      'but for +',
      (values) =>
        Object.entries(values)
          .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2B', '+')}`)
          .join('&'),
    ],
    ['not at all', answerLine],
  ]
  for (const [name, write] of ways) {
    const { notice, state } = await awaitedOrder()
    const values = signValues(notice({ reqReserved: 'a+b c/d' }))
    expect(values['signPubKeyCert'], name).toContain('\r\n')
    expect(await notify(shop, write(values)), name).toEqual({ status: 200, body: 'ok' })
    expect(await state(), name).toBe('confirmed')
  }
})

test('UnionPay’s word is taken once and answered the same each time, under an old and a new certificate', async () => {
  const shop = await startShop(SETTINGS)
  const { notice, state } = await awaitedOrder()
  const values = notice()
  const next = makeCertificate({ name: UNIONPAY_NAME, issuer: intermediate })
  const bodies = [signForm(values), signForm(values, { by: next })]
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => notify(shop, bodies[at % 2] ?? '')))
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.body}`))).toEqual(new Set(['200 ok']))
  expect(await state()).toBe('confirmed')
  expect(await sql`select from payment_events where event_id = ${`paid:${values['queryId']}`}`).toHaveLength(1)
  expect(await messages()).toHaveLength(20)
})

test('17: never 200 before the commit: while the database is away it comes again, and then it is taken', async () => {
  const shop = await startShop(SETTINGS)
  const { notice, state } = await awaitedOrder()
  const body = signForm(notice())
  const own = new URL(env.DATABASE_URL)
  const name = own.pathname.slice(1)
  own.pathname = '/postgres'
  const admin = postgres(own.href, { max: 1 })
  await admin`alter database ${admin(name)} allow_connections false`
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`
  const refused = await notify(shop, body)
  await admin`alter database ${admin(name)} allow_connections true`
  await admin.end()
  expect(refused).toEqual({ status: 503, body: 'fail' })
  await expect.poll(() => notify(shop, body), { timeout: 20_000 }).toEqual({ status: 200, body: 'ok' })
  expect(await state()).toBe('confirmed')
})

test('the way back by a form of another site opens the order, and a forged one nothing', async () => {
  const shop = await startShop(SETTINGS)
  const { notice, state } = await awaitedOrder()
  const back = (body: string) =>
    fetch(`${shop.url}/api/return/unionpay`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...FORM, origin: 'https://gateway.95516.com', 'sec-fetch-site': 'cross-site' },
      body,
    })
  const genuine = await back(signForm(notice()).toString())
  expect(genuine.status).toBe(303)
  expect(genuine.headers.get('location')).toMatch(/^\/en\/order\/[\w-]{43}\?returned=1$/)
  const forged = await back(signForm(notice(), { by: merchant }).toString())
  expect(forged.headers.get('location')).toBe('/en')
  expect(await messages()).toMatchObject([{ verdict: 'refused' }])
  // The gateway could not be asked, so that nothing is known of the money.
  expect(await state()).toBe('pending_payment')
})
