import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Aes, Decorator, Formatter, Rsa } from 'wechatpay-axios-plugin'
import { serve } from '../http/serve.ts'
import { answerSandbox } from '../switchboard/answer-sandbox.ts'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'

// A client that others wrote talks to the sandbox over HTTP: what it signs is accepted, what the sandbox signs it verifies.

let sandbox: TestSandbox
let server: Server
let merchant: Record<string, string>
let certificate: { serial: string; pem: string }
const time = { now: Date.now() }

beforeAll(async () => {
  sandbox = openTestSandbox({ time })
  server = await serve(0, (incoming) => answerSandbox(sandbox, incoming))
  merchant = JSON.parse(readFileSync(`${sandbox.folder}/wechatpay/merchant.json`, 'utf8'))
  const pem = readFileSync(`${sandbox.folder}/wechatpay/platform-1.crt`, 'utf8')
  certificate = { serial: await serialListed(), pem }
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  sandbox.close()
  removeTestFolders()
})

const said = (name: string): string => merchant[name] ?? ''
const set = (settings: object) => sandbox.request('POST', '/api/wechatpay/settings', JSON.stringify(settings))

function clientWith(certs: Record<string, string>, headers: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo
  return new Decorator({
    mchid: said('mchid'),
    serial: said('merchantSerial'),
    privateKey: said('merchantPrivateKey'),
    certs,
    baseURL: `http://127.0.0.1:${port}/`,
    headers,
  }).v3
}

/** The client's own decryption opens what the sandbox has sealed. */
async function serialListed(): Promise<string> {
  await set({ platform: 'certificate' })
  const any = clientWith({ unknown: said('publicKey') })
  // The first download cannot be verified: the key in it is what verifies.
  const { data } = await any.get('/v3/certificates', { transformResponse: [] })
  const [{ serial_no, encrypt_certificate: sealed }] = JSON.parse(data).data
  const pem = Aes.AesGcm.decrypt(sealed.ciphertext, said('apiV3Key'), sealed.nonce, sealed.associated_data)
  expect(pem).toContain('BEGIN CERTIFICATE')
  return serial_no
}

const order = (outTradeNo: string) => ({
  appid: said('appid'),
  mchid: said('mchid'),
  description: '青瓷茶壶 100% A+B & "q" <x>',
  out_trade_no: outTradeNo,
  notify_url: 'https://shop.example/api/notify/wechatpay',
  amount: { total: 8_888, currency: 'CNY' },
})

describe.each(['public_key', 'certificate', 'both'] as const)('the client with the platform in %s mode', (platform) => {
  const client = () =>
    clientWith(
      platform === 'certificate'
        ? { [certificate.serial]: certificate.pem }
        : { [said('publicKeyId')]: said('publicKey') },
      platform === 'certificate' ? {} : { 'Wechatpay-Serial': said('publicKeyId') },
    )

  test('orders, queries, closes and refunds, and verifies each answer', async () => {
    await set({ platform })
    const wechatpay = client()
    const number = `FLOW|*${platform.slice(0, 4)}`
    const { data: ordered } = await wechatpay.post('/v3/pay/transactions/native', order(number))
    const scanned = await sandbox.request('GET', `/phone?qr=${encodeURIComponent(ordered.code_url)}`)
    const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(number)}`
    const unpaid = await wechatpay.get(path, { params: { mchid: said('mchid') } })
    expect(unpaid.data).toMatchObject({ trade_state: 'NOTPAY', out_trade_no: number })

    await sandbox.request('POST', `${scanned.headers['location']?.split('?')[0]}/pay`)
    const paid = await wechatpay.get(path, { params: { mchid: said('mchid') } })
    expect(paid.data).toMatchObject({ trade_state: 'SUCCESS', amount: { total: 8_888 } })
    await expect(wechatpay.post(`${path}/close`, { mchid: said('mchid') })).rejects.toMatchObject({
      response: { status: 400, data: { code: 'ORDER_PAID' } },
    })
    const refund = { out_trade_no: number, out_refund_no: `R@${platform}` }
    const amount = { refund: 888, total: 8_888, currency: 'CNY' }
    const refunded = await wechatpay.post('/v3/refund/domestic/refunds', { ...refund, amount })
    expect(refunded.data).toMatchObject({ status: 'PROCESSING', ...refund })

    const open = order(`OPEN${platform.slice(0, 4)}`)
    await wechatpay.post('/v3/pay/transactions/native', open)
    const closed = await wechatpay.post(`/v3/pay/transactions/out-trade-no/${open.out_trade_no}/close`, {
      mchid: said('mchid'),
    })
    expect(closed.status).toBe(204)
  })
})

test('its own verification and decryption take a notification, and nothing that was altered', async () => {
  await set({ platform: 'public_key' })
  const { data } = await clientWith({ [said('publicKeyId')]: said('publicKey') }).post(
    '/v3/pay/transactions/native',
    order('NOTIFY01'),
  )
  const scanned = await sandbox.request('GET', `/phone?qr=${encodeURIComponent(data.code_url)}`)
  await sandbox.request('POST', `${scanned.headers['location']?.split('?')[0]}/pay`)
  await sandbox.pass(0)
  const sent = sandbox.sent.at(-1)
  const headers = sent?.headers ?? {}
  const verifies = (body: string) =>
    Rsa.verify(
      Formatter.response(headers['Wechatpay-Timestamp'] ?? '', headers['Wechatpay-Nonce'] ?? '', body),
      headers['Wechatpay-Signature'] ?? '',
      said('publicKey'),
    )
  expect(verifies(sent?.body ?? '')).toBe(true)
  expect(verifies(`${sent?.body} `)).toBe(false)
  const { ciphertext, nonce, associated_data } = JSON.parse(sent?.body ?? '').resource
  const plain = Aes.AesGcm.decrypt(ciphertext, said('apiV3Key'), nonce, associated_data)
  expect(JSON.parse(plain)).toMatchObject({ out_trade_no: 'NOTIFY01', trade_state: 'SUCCESS' })
  expect(() => Aes.AesGcm.decrypt(ciphertext, said('apiV3Key'), nonce, 'refund')).toThrow()
})

test('fetches a bill whose hash is that of the plain bytes', async () => {
  const day = new Date(time.now + 8 * 3_600_000).toISOString().slice(0, 10)
  await sandbox.request('POST', '/api/clock', `{"advance_ms":${2 * 86_400_000}}`)
  // The client signs by the machine's clock.
  await set({ platform: 'public_key', timestampToleranceMs: 3 * 86_400_000 })
  const unverified = clientWith({ unknown: said('publicKey') })
  const question = { bill_date: day, bill_type: 'ALL', tar_type: 'GZIP' }
  const asked = await unverified.get('/v3/bill/tradebill', { params: question, transformResponse: [] })
  const { hash_value, download_url } = JSON.parse(asked.data)
  const { pathname, searchParams } = new URL(download_url)
  const params = Object.fromEntries(searchParams)
  const { data } = await unverified.get(pathname, { params, responseType: 'arraybuffer' })
  expect(createHash('sha1').update(gunzipSync(data)).digest('hex')).toBe(hash_value)
  await sandbox.request('POST', '/api/clock', '{"offset_ms":0}')
})

test.each(['bad_signature', 'other_key', 'probe', 'unsigned', 'unknown_serial', 'stale', 'tampered'])(
  'an answer that a fault has spoilt (%s) is not believed',
  async (kind) => {
    await set({ platform: 'public_key' })
    const wechatpay = clientWith({ [said('publicKeyId')]: said('publicKey') })
    sandbox.faults.add({ gateway: 'wechatpay', point: 'api', kind })
    const query = '/v3/pay/transactions/out-trade-no/NOTIFY01'
    await expect(wechatpay.get(query, { params: { mchid: said('mchid') } })).rejects.toMatchObject({
      code: expect.stringMatching(/^EV3_RES_HEADER/),
    })
  },
)
