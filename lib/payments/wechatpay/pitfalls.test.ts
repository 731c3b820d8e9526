import { createHash, createPublicKey, createVerify } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { toFen } from '../../domain/money.ts'
import { createRegistry } from '../registry.ts'
import { createTrade } from './create-trade.ts'
import { downloadBill } from './download-bill.ts'
import { certificateDownload } from './download-certificates.ts'
import { openSealed } from './encryption.ts'
import { verifyNotification } from './notification.ts'
import { createWechatPay } from './provider.ts'
import { messageBytes } from './signing.ts'
import { startWechatGateway } from './testing/gateway-double.ts'
import { practiceSettings } from './testing/practice-settings.ts'
import {
  API_V3_KEY,
  APP_ID,
  certificatesBody,
  clientFor,
  MCH_ID,
  merchant,
  NOW,
  nextPlatform,
  noticeBody,
  PUBLIC_KEY_ID,
  platform,
  seal,
  serialOf,
  signedHeaders,
  transaction,
  wechatPair,
} from './testing/wechat-double.ts'
import { closeTrade, queryTrade } from './trade-calls.ts'
import { createWechatKeys } from './wechat-keys.ts'

// The ten ways in which public libraries have gone wrong with WeChat Pay. Those about raw bodies (21), answers (29) and
// many messages at once (30) are tested once more through the real server, in server-tests/notify-wechatpay.test.ts.

const client = clientFor()
const attempt = { outTradeNo: '261121K7M2Q9ZTACDE01', startedAt: NOW }
const folder = mkdtempSync(join(tmpdir(), 'wechat-pitfalls-'))
afterAll(() => rmSync(folder, { recursive: true }))

const notify = async (body: Uint8Array, headers: Record<string, string>, by = client) => {
  const verified = await verifyNotification(by, { headers: new Headers(headers), body }, NOW)
  return verified.ok ? verified.value : verified.error
}
const publicPem = wechatPair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const SETTINGS: Record<string, string> = {
  PAYMENTS_MODE: 'sandbox',
  WECHATPAY_GATEWAY_URL: 'http://127.0.0.1:9',
  WECHATPAY_MCH_ID: MCH_ID,
  WECHATPAY_APP_ID: APP_ID,
  WECHATPAY_APP_SECRET: 'secret',
  WECHATPAY_API_V3_KEY: API_V3_KEY.toString(),
  WECHATPAY_PRIVATE_KEY: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  WECHATPAY_CERTIFICATE: merchant.pem,
  WECHATPAY_PUBLIC_KEY: publicPem,
  WECHATPAY_PUBLIC_KEY_ID: PUBLIC_KEY_ID,
}
const open = (changes: Record<string, string | undefined>) =>
  createRegistry({ ...SETTINGS, ...changes }, { readFile: () => new Uint8Array(), clock: () => NOW }).get('wechatpay')

test('21: the signature is checked over the bytes that came: written anew, the same content is refused', async () => {
  const body = noticeBody(transaction())
  const headers = signedHeaders(body)
  expect(await notify(body, headers)).toMatchObject({ kind: 'paid' })
  const parsed = JSON.parse(body.toString())
  expect(await notify(Buffer.from(JSON.stringify(parsed, null, 1)), headers)).toMatchObject({ code: 'bad_signature' })
  expect(await notify(Buffer.from(`${body}\n`), headers)).toMatchObject({ code: 'bad_signature' })
  const escaped = Buffer.from(body.toString().replaceAll('/', '\\/'))
  expect(JSON.parse(escaped.toString())).toEqual(parsed)
  expect(await notify(escaped, signedHeaders(escaped))).toMatchObject({ kind: 'paid' })
})

test('22: timestamp and nonce have names, and in each other’s place nothing holds', async () => {
  expect(Buffer.from(messageBytes({ nonce: 'n', body: Buffer.from('b'), timestamp: 't' })).toString()).toBe('t\nn\nb\n')
  const body = noticeBody(transaction())
  const headers = signedHeaders(body, { nonce: '1795253410' })
  const { 'wechatpay-timestamp': timestamp = '', 'wechatpay-nonce': nonce = '' } = headers
  const swapped = { ...headers, 'wechatpay-timestamp': nonce, 'wechatpay-nonce': timestamp }
  expect(await notify(body, headers)).toMatchObject({ kind: 'paid' })
  expect(await notify(body, swapped)).toMatchObject({ code: 'bad_signature' })
})

describe('23: a probe', () => {
  const probe = { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/c2lnbmF0dXJl' }

  test('in a notification is refused under a name of its own, with 4xx', async () => {
    const body = noticeBody(transaction())
    expect(await notify(body, { ...signedHeaders(body), ...probe })).toMatchObject({ code: 'probe' })
    expect(createWechatPay(practiceSettings()).acknowledge('refused').status).toBe(400)
  })

  test('in an answer is asked again, and never believed', async () => {
    await using gateway = await startWechatGateway((_, turn) => ({
      body: JSON.stringify(transaction()),
      ...(turn === 1 ? { headers: probe } : {}),
    }))
    const trade = await queryTrade(clientFor({ hosts: [gateway.origin] }), attempt)
    expect(trade).toMatchObject({ ok: true, value: { state: 'paid' } })
    expect(gateway.received).toHaveLength(2)

    await using stubborn = await startWechatGateway(() => ({ body: JSON.stringify(transaction()), headers: probe }))
    const never = await queryTrade(clientFor({ hosts: [stubborn.origin], budgetMs: 400 }), attempt)
    expect(never).toMatchObject({ ok: false, error: { code: 'unknown' } })
  })
})

describe('24: a merchant without platform certificates', () => {
  const NONE = { status: 404, body: '{"code":"RESOURCE_NOT_EXISTS","message":"无可用的平台证书"}' }

  test('works with the public key alone, whose name goes with each request', async () => {
    await using gateway = await startWechatGateway(({ path }) =>
      path === '/v3/certificates' ? NONE : { body: JSON.stringify(transaction()) },
    )
    const trade = await queryTrade(clientFor({ hosts: [gateway.origin] }), attempt)
    expect(trade).toMatchObject({ ok: true, value: { state: 'paid' } })
    expect(gateway.received.map(({ headers }) => headers['wechatpay-serial'])).toEqual([PUBLIC_KEY_ID])
  })

  test('while it moves from one to the other both kinds of signature are believed, each by its own key', async () => {
    await using gateway = await startWechatGateway(({ path }) => ({
      body: path === '/v3/certificates' ? certificatesBody(platform) : '{}',
      signed: { key: platform.privateKey, serial: serialOf(platform) },
    }))
    const publicKey = { id: PUBLIC_KEY_ID, key: wechatPair.publicKey }
    const { access } = clientFor({ hosts: [gateway.origin] })
    const keys = createWechatKeys(publicKey, certificateDownload({ access, apiV3Key: API_V3_KEY, publicKey }))
    const both = clientFor({}, { keys })
    const body = noticeBody(transaction())
    const byCertificate = signedHeaders(body, { key: platform.privateKey, serial: serialOf(platform) })
    expect(await notify(body, signedHeaders(body), both)).toMatchObject({ kind: 'paid' })
    expect(await notify(body, byCertificate, both)).toMatchObject({ kind: 'paid' })
    const mixed = { ...byCertificate, 'wechatpay-serial': PUBLIC_KEY_ID }
    expect(await notify(body, mixed, both)).toMatchObject({ code: 'bad_signature' })
    expect(gateway.received).toHaveLength(1)
  })

  test('without a download and of an unknown name nothing is believed', async () => {
    const body = noticeBody(transaction())
    const other = signedHeaders(body, { serial: 'PUB_KEY_ID_0199999999999999' })
    expect(await notify(body, other)).toMatchObject({ code: 'bad_signature', reason: /no key of the serial/ })
  })
})

describe('25: the tag counts', () => {
  const sealed = seal('{"amount":100}')
  const opening = (changes: Partial<typeof sealed>) => {
    const { ciphertext, nonce, associated_data: associatedData } = { ...sealed, ...changes }
    return openSealed({ ciphertext, nonce, associatedData }, API_V3_KEY)
  }

  test('every bit of ciphertext and tag', () => {
    expect(opening({})).toEqual({ ok: true, value: '{"amount":100}' })
    const bytes = Buffer.from(sealed.ciphertext, 'base64')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes)
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(opening({ ciphertext: altered.toString('base64') }).ok).toBe(false)
    }
  })

  test('and the data that goes with it', () => {
    expect(opening({ associated_data: 'refund' }).ok).toBe(false)
    expect(opening({ associated_data: '' }).ok).toBe(false)
    expect(opening({ nonce: `${sealed.nonce.slice(0, 11)}x` }).ok).toBe(false)
  })
})

describe('26: a key or a message of the wrong shape', () => {
  test.each([15, 16, 31, 33, 64])('a key of %i bytes stops the start', (length) => {
    expect(() => open({ WECHATPAY_API_V3_KEY: 'k'.repeat(length) })).toThrow(`has ${length} bytes`)
  })

  test('32 letters of two bytes each are 64 bytes; a line end behind the key is forgiven', () => {
    expect(() => open({ WECHATPAY_API_V3_KEY: 'é'.repeat(32) })).toThrow('has 64 bytes')
    expect(open({ WECHATPAY_API_V3_KEY: `${API_V3_KEY}\n` })?.name).toBe('wechatpay')
  })

  test('the one before still opens what comes again, and no third one does', async () => {
    const [former, third] = [Buffer.alloc(32, 'f'), Buffer.alloc(32, 't')]
    const rotated = { ...client, formerApiV3Key: former }
    const sealedBy = (key: Uint8Array) => noticeBody(transaction(), { key })
    const hear = (body: Uint8Array, by: typeof client = rotated) => notify(body, signedHeaders(body), by)
    expect(await hear(sealedBy(former))).toMatchObject({ provider: 'wechatpay' })
    expect(await hear(sealedBy(API_V3_KEY))).toMatchObject({ provider: 'wechatpay' })
    expect(await hear(sealedBy(third))).toMatchObject({ code: 'malformed' })
    expect(await hear(sealedBy(former), client)).toMatchObject({ code: 'malformed' })
    expect(() => open({ WECHATPAY_API_V3_KEY_PREVIOUS: 'short' })).toThrow('has 5 bytes')
  })

  test.each([
    ['no resource', {}],
    ['a resource that is text', { resource: 'x' }],
    ['a nonce of 6 bytes', { resource: { ...seal('{}'), nonce: '123456', original_type: 'transaction' } }],
    ['an empty nonce', { resource: { ...seal('{}'), nonce: '', original_type: 'transaction' } }],
    [
      'a ciphertext that is not base64',
      { resource: { ...seal('{}'), ciphertext: '***', original_type: 'transaction' } },
    ],
    [
      'a ciphertext shorter than a tag',
      { resource: { ...seal('{}'), ciphertext: 'AAAA', original_type: 'transaction' } },
    ],
    ['another algorithm', { resource: { ...seal('{}'), algorithm: 'NONE', original_type: 'transaction' } }],
    [
      'sealed with another key',
      { resource: { ...seal('{}', { key: Buffer.alloc(32) }), original_type: 'transaction' } },
    ],
    ['what is inside is no JSON', { resource: { ...seal('x'), original_type: 'transaction' } }],
    ['what is inside is not a trade', { resource: { ...seal('[1]'), original_type: 'transaction' } }],
  ])('genuine, but %s: told by a value, nothing thrown', async (_, changes) => {
    const whole = { id: 'EV-1', event_type: 'TRANSACTION.SUCCESS', resource_type: 'encrypt-resource', ...changes }
    const body = Buffer.from(JSON.stringify(whole))
    expect(await notify(body, signedHeaders(body))).toMatchObject({ code: 'malformed', reason: /^genuine/ })
  })

  test.each([Buffer.alloc(0), Buffer.from('null'), Buffer.from('{'), Buffer.from([0xff, 0xfe, 0x00])])(
    'genuine, but no JSON at all',
    async (body) => {
      expect(await notify(body, signedHeaders(body))).toMatchObject({ code: 'malformed' })
    },
  )
})

describe('27: a bill', () => {
  const csv = Buffer.from(
    '\ufeff交易时间,公众账号ID,商户号,微信订单号,商户订单号,交易状态,商户退款单号,退款状态,商品名称,手续费,订单金额,申请退款金额\r\n' +
      '`2026-11-20 10:00:00,`wx,`1900007291,`4200000001,`261120AAAA01,`SUCCESS,`0,`,`a, `b,`0.60000,`100.00,`0.00\r\n' +
      '总交易单数,订单总金额,申请退款总金额,手续费总金额\r\n`1,`100.00,`0.00,`0.60\r\n',
  )
  const sha1 = createHash('sha1').update(csv).digest('hex')
  const path = join(folder, 'bill')
  const download = async (file: Uint8Array, hash = sha1, signed: false | Record<string, never> = false) => {
    await using gateway = await startWechatGateway(({ path: asked, headers }) =>
      asked === '/v3/bill/tradebill'
        ? {
            body: JSON.stringify({
              hash_type: 'SHA1',
              hash_value: hash,
              download_url: `http://${headers.host}/v3/billdownload/file?token=abc`,
            }),
          }
        : { body: file, signed, headers: { 'content-type': 'application/octet-stream' } },
    )
    const downloaded = await downloadBill(clientFor({ hosts: [gateway.origin] }), '2026-11-20', path)
    return { downloaded, received: gateway.received }
  }

  test('packed and not signed is taken when the hash over its plain bytes is the one announced', async () => {
    const { downloaded, received } = await download(gzipSync(csv))
    expect(downloaded).toEqual({ ok: true, value: 'kept' })
    expect(received[0]?.target).toBe('/v3/bill/tradebill?bill_date=2026-11-20&bill_type=ALL&tar_type=GZIP')
    expect(received[1]?.headers.authorization).toContain('WECHATPAY2-SHA256-RSA2048')
    expect((await download(csv)).downloaded).toEqual({ ok: true, value: 'kept' })
    const taken: unknown[] = []
    const read = await createWechatPay(practiceSettings()).readBill('2026-11-20', path, async (lines) => {
      taken.push(...lines)
    })
    expect(read).toEqual({ ok: true, value: 'whole' })
    expect(taken).toMatchObject([{ ok: true, value: { outTradeNo: '261120AAAA01', amount: 10000n, fee: 60n } }])
  })

  test('with a flipped byte, or the hash of its packed bytes, is corrupt', async () => {
    const flipped = Buffer.from(csv)
    flipped[100] = (flipped[100] ?? 0) ^ 1
    expect((await download(gzipSync(flipped))).downloaded).toMatchObject({ error: { code: 'corrupt' } })
    const packed = gzipSync(csv)
    const overPacked = createHash('sha1').update(packed).digest('hex')
    expect((await download(packed, overPacked)).downloaded).toMatchObject({ error: { code: 'corrupt' } })
  })

  test('that ends early is corrupt', async () => {
    const packed = gzipSync(csv)
    for (const length of [packed.length - 1, packed.length - 8, packed.length >> 1, 12]) {
      const { downloaded } = await download(packed.subarray(0, length))
      expect(downloaded, `${length} bytes`).toMatchObject({ ok: false, error: { code: 'corrupt' } })
    }
  })
})

describe('28: what is signed is what is sent', () => {
  /** The text that WeChat Pay would check, from what arrived. */
  const signedText = ({
    method,
    target,
    text,
    headers,
  }: {
    method: string
    target: string
    text: string
    headers: object
  }) => {
    const authorization = String(Object.entries(headers).find(([name]) => name === 'authorization')?.[1])
    const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(authorization)?.[1] ?? ''
    const message = `${method}\n${target}\n${field('timestamp')}\n${field('nonce_str')}\n${text}\n`
    return { message: Buffer.from(message), signature: field('signature'), field }
  }

  test('the query, the empty line of a body that there is not, and what is written in percent', async () => {
    await using gateway = await startWechatGateway(({ path }) =>
      path.endsWith('/close')
        ? { status: 204 }
        : { body: JSON.stringify({ ...transaction({ out_trade_no: 'a|b*c-d_e' }), code_url: 'weixin://wxpay/x' }) },
    )
    const by = clientFor({ hosts: [gateway.origin] })
    const strange = { outTradeNo: 'a|b*c-d_e', startedAt: NOW }
    await queryTrade(by, strange)
    await queryTrade(by, { ...strange, providerTradeNo: '4200002026112199990000000001' })
    expect(await closeTrade(by, attempt)).toEqual({ ok: true, value: 'closed' })
    await createTrade(by, {
      ...attempt,
      scene: { kind: 'qr' },
      amount: toFen(26800n),
      subject: '青瓷茶壶 “大”',
      payBefore: new Date('2026-11-21T16:10:00Z'),
      returnUrl: 'https://shop.example/api/return/wechatpay',
    })
    expect(gateway.received.map(({ method, target }) => `${method} ${target}`)).toEqual([
      `GET /v3/pay/transactions/out-trade-no/a%7Cb*c-d_e?mchid=${MCH_ID}`,
      `GET /v3/pay/transactions/id/4200002026112199990000000001?mchid=${MCH_ID}`,
      `POST /v3/pay/transactions/out-trade-no/261121K7M2Q9ZTACDE01/close`,
      'POST /v3/pay/transactions/native',
    ])
    for (const received of gateway.received) {
      const { message, signature, field } = signedText(received)
      const holds = createVerify('sha256')
        .update(message)
        .verify(createPublicKey(merchant.privateKey), signature, 'base64')
      expect(holds, received.target).toBe(true)
      expect(field('serial_no')).toBe(serialOf(merchant))
      expect(field('mchid')).toBe(MCH_ID)
      expect(received.headers).toMatchObject({ accept: 'application/json', 'user-agent': 'comptoir/1' })
    }
  })
})

test('29: accepted is 204 without a body, everything else is 4xx or 5xx with FAIL', () => {
  const { acknowledge } = createWechatPay(practiceSettings())
  expect(acknowledge('accepted')).toMatchObject({ status: 204, body: '' })
  expect(acknowledge('refused').status).toBe(400)
  expect(acknowledge('retry').status).toBe(503)
  for (const outcome of ['refused', 'retry'] as const) {
    expect(JSON.parse(acknowledge(outcome).body)).toEqual({ code: 'FAIL', message: expect.any(String) })
  }
})

test('30: our own serial, where one of WeChat Pay’s belongs, is no key', async () => {
  const body = noticeBody(transaction())
  const { access } = clientFor()
  const keys = createWechatKeys(null, async () => ({ ok: true, value: [] }))
  const own = signedHeaders(body, { key: merchant.privateKey, serial: access.certificateSerial })
  expect(await notify(body, own, clientFor({}, { keys }))).toMatchObject({ code: 'bad_signature' })
  expect(() => open({ WECHATPAY_CERTIFICATE: nextPlatform.pem })).toThrow('do not belong together')
  expect(() => open({ WECHATPAY_PUBLIC_KEY: merchant.pem })).toThrow('public half of your own key')
})
