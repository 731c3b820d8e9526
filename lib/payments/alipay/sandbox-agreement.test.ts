import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { toFen } from '../../domain/money.ts'
import { toShanghaiDay } from '../../domain/shanghai-time.ts'
import type { PaymentProvider, Scene } from '../port.ts'
import { createRegistry } from '../registry.ts'

// Our client and the sandbox gateway share no code. Here they talk over HTTP, as two strangers who read one document.

const MODES = ['public key', 'public key, encrypted', 'certificates'] as const
const Merchant = z.object({
  gatewayUrl: z.string(),
  appId: z.string(),
  sellerId: z.string(),
  encryptKey: z.string(),
  files: z.object({
    merchantPrivateKey: z.string(),
    alipayPublicKey: z.string(),
    appCertificate: z.string(),
    alipayCertificate: z.string(),
    alipayRootCertificate: z.string(),
  }),
})

const folder = mkdtempSync(join(tmpdir(), 'comptoir-alipay-'))
const inbox: { headers: Headers; body: Uint8Array }[] = []
const shop = createServer((request, response) => {
  void buffer(request).then((body) => {
    inbox.push({ headers: new Headers(), body })
    response.end('success')
  })
})
let sandbox: ChildProcess
let gateway = ''
let shopUrl = ''
let merchant: z.infer<typeof Merchant>
let offsetMs = 0
const clock = () => new Date(Date.now() + offsetMs)

beforeAll(async () => {
  shop.listen(0, '127.0.0.1')
  await once(shop, 'listening')
  shopUrl = `http://127.0.0.1:${portOf(shop)}`
  const port = await freePort()
  const script = new URL('../../../sandbox/start.ts', import.meta.url).pathname
  sandbox = spawn(process.execPath, [script, '--port', `${port}`, '--folder', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!sandbox.stdout) throw new Error('no output')
  const [line] = await once(createInterface(sandbox.stdout), 'line')
  const Ready = z.object({ url: z.string(), gateways: z.object({ alipay: z.object({ merchantFile: z.string() }) }) })
  const ready = Ready.parse(JSON.parse(line))
  gateway = ready.url
  merchant = Merchant.parse(JSON.parse(readFileSync(ready.gateways.alipay.merchantFile, 'utf8')))
}, 30_000)

afterAll(async () => {
  sandbox.kill('SIGTERM')
  await once(sandbox, 'exit')
  shop.close()
  rmSync(folder, { recursive: true })
})

function connect(mode: (typeof MODES)[number]): PaymentProvider {
  const { files } = merchant
  const trust =
    mode === 'certificates'
      ? {
          ALIPAY_APP_CERTIFICATE_FILE: files.appCertificate,
          ALIPAY_CERTIFICATE_FILE: files.alipayCertificate,
          ALIPAY_ROOT_CERTIFICATE_FILE: files.alipayRootCertificate,
        }
      : { ALIPAY_PUBLIC_KEY_FILE: files.alipayPublicKey }
  const values = {
    PAYMENTS_MODE: 'sandbox',
    PUBLIC_URL: shopUrl,
    ALIPAY_GATEWAY_URL: merchant.gatewayUrl,
    ALIPAY_APP_ID: merchant.appId,
    ALIPAY_SELLER_ID: merchant.sellerId,
    ALIPAY_PRIVATE_KEY_FILE: files.merchantPrivateKey,
    ...(mode === 'public key, encrypted' ? { ALIPAY_ENCRYPT_KEY: merchant.encryptKey } : {}),
    ...trust,
  }
  const provider = createRegistry(values, { readFile: (path) => readFileSync(path), clock }).get('alipay')
  if (!provider) throw new Error('no provider')
  return provider
}

let counter = 0
const newNumber = (letter: string) => `${letter}${Date.now()}${(counter++).toString().padStart(4, '0')}`

const requestOf = (outTradeNo: string, scene: Scene) => ({
  scene,
  outTradeNo,
  amount: toFen(26800n),
  subject: '青瓷茶壶 100% A+B & C=D "q" <x>',
  startedAt: clock(),
  payBefore: new Date(clock().getTime() + 1_800_000),
  returnUrl: `${shopUrl}/zh/return`,
})
const refOf = (outTradeNo: string) => ({ outTradeNo, startedAt: clock() })
const refundOf = (outTradeNo: string, refundNo: string, fen: bigint) => ({
  ...refOf(outTradeNo),
  refundNo,
  requestedAt: clock(),
  providerTradeNo: '',
  amount: toFen(fen),
  paidAmount: toFen(26800n),
  paidAt: clock(),
  reason: '少了一只杯子',
})

/** Does what a browser does with the address: follows to the cashier, clicks on pay, and is sent back. */
async function payInBrowser(url: string): Promise<URL> {
  const arrived = await fetch(url, { redirect: 'manual' })
  const cashier = arrived.headers.get('location') ?? ''
  expect(await (await fetch(cashier)).text()).toContain('268.00')
  const paid = await fetch(`${cashier}/pay`, { method: 'POST', redirect: 'manual', headers: { origin: gateway } })
  return new URL(paid.headers.get('location') ?? '', gateway)
}

const control = async (path: string, body: unknown = {}) => {
  const headers = { 'content-type': 'application/json', origin: gateway }
  const response = await fetch(`${gateway}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.status).toBeLessThan(300)
  return response.json()
}

/** Waits until a genuine notification about the trade has come that looks like `shape`. */
async function expectNotice(provider: PaymentProvider, outTradeNo: string, shape: object): Promise<void> {
  const readInbox = async () => {
    const verified = await Promise.all(inbox.map((message) => provider.verifyNotification(message, clock())))
    return verified
      .filter((result) => result.ok)
      .map(({ value }) => value)
      .filter((notice) => notice.outTradeNo === outTradeNo)
  }
  const wanted = expect.objectContaining(shape)
  await expect.poll(readInbox, { timeout: 8000, interval: 20 }).toContainEqual(wanted)
}

describe.each(MODES)('by %s', (mode) => {
  test('a self-check finds nothing wrong', async () => {
    expect(await connect(mode).diagnose()).not.toContainEqual(expect.objectContaining({ level: 'error' }))
  })

  test.each<Scene>([{ kind: 'page' }, { kind: 'wap', quitUrl: 'https://shop.example/zh/cart' }])(
    '$kind: pay, return, notice, query, refunds',
    async (scene) => {
      const provider = connect(mode)
      const outTradeNo = newNumber('A')
      const created = await provider.create(requestOf(outTradeNo, scene))
      if (!created.ok || created.value.kind !== 'redirect') throw new Error('no address')
      expect(await provider.query(refOf(outTradeNo))).toEqual({ ok: true, value: { state: 'not_found' } })

      const back = await payInBrowser(created.value.url)
      expect(back.href).toMatch(new RegExp(`^${shopUrl}/zh/return\\?`))
      const returned = await provider.verifyReturn({ search: back.search, body: new Uint8Array() }, clock())
      expect(returned).toMatchObject({ ok: true, value: { outTradeNo } })
      const forged = back.search.replace(outTradeNo, newNumber('A'))
      expect(await provider.verifyReturn({ search: forged, body: new Uint8Array() }, clock())).toMatchObject({
        ok: false,
      })

      const payment = expect.objectContaining({ amount: 26800n })
      await expectNotice(provider, outTradeNo, { kind: 'paid', payment })
      const paid = await provider.query(refOf(outTradeNo))
      expect(paid).toMatchObject({ ok: true, value: { state: 'paid', payment: { amount: 26800n, refundable: true } } })
      expect(await provider.close(refOf(outTradeNo))).toEqual({ ok: true, value: 'not_open' })

      const [first, rest] = [refundOf(outTradeNo, newNumber('R'), 6800n), refundOf(outTradeNo, newNumber('R'), 20000n)]
      expect(await provider.queryRefund(first)).toMatchObject({ ok: true, value: { state: 'not_found' } })
      expect(await provider.refund(first)).toMatchObject({ ok: true, value: { state: 'done' } })
      expect(await provider.refund(first)).toEqual({ ok: true, value: { state: 'pending' } })
      expect(await provider.queryRefund(first)).toMatchObject({ ok: true, value: { state: 'done' } })
      expect(await provider.refund({ ...first, amount: toFen(6801n) })).toMatchObject({
        error: { code: 'refused', providerCode: 'ACQ.DISCORDANT_REPEAT_REQUEST' },
      })
      await expectNotice(provider, outTradeNo, {
        kind: 'refunded',
        refundNo: first.refundNo,
        refundedTotal: 6800n,
        complete: false,
      })
      expect(await provider.refund({ ...rest, amount: toFen(20001n) })).toMatchObject({ error: { code: 'refused' } })
      expect(await provider.refund(rest)).toMatchObject({ ok: true, value: { state: 'done' } })
      await expectNotice(provider, outTradeNo, { kind: 'refunded', complete: true, payment })
      expect(await provider.query(refOf(outTradeNo))).toMatchObject({
        value: { state: 'closed', payment: { amount: 26800n } },
      })
    },
  )

  test('a code: precreate, the same again, scan, pay; another is closed', async () => {
    const provider = connect(mode)
    const outTradeNo = newNumber('A')
    const request = requestOf(outTradeNo, { kind: 'qr' })
    const created = await provider.create(request)
    if (!created.ok || created.value.kind !== 'qr') throw new Error(JSON.stringify(created))
    expect(await provider.create(request)).toMatchObject({ ok: true })
    expect(await provider.create({ ...request, amount: toFen(1n) })).toMatchObject({ error: { code: 'number_taken' } })
    expect(await provider.query(refOf(outTradeNo))).toMatchObject({ value: { state: 'not_found' } })

    await fetch(created.value.text)
    expect(await provider.query(refOf(outTradeNo))).toMatchObject({ value: { state: 'unpaid' } })
    await control(`/alipay/trades/${outTradeNo}/pay`)
    expect(await provider.query(refOf(outTradeNo))).toMatchObject({ value: { state: 'paid' } })
    expect(await provider.create(request)).toMatchObject({ error: { code: 'already_paid' } })

    const other = newNumber('A')
    const second = await provider.create(requestOf(other, { kind: 'qr' }))
    expect(await provider.close(refOf(other))).toEqual({ ok: true, value: 'not_found' })
    await fetch(second.ok && second.value.kind === 'qr' ? second.value.text : '')
    expect(await provider.close(refOf(other))).toEqual({ ok: true, value: 'closed' })
    expect(await provider.query(refOf(other))).toEqual({ ok: true, value: { state: 'closed', payment: null } })
  })

  test('cancel gives a paid trade back and closes an unpaid one', async () => {
    const provider = connect(mode)
    const [paid, unpaid] = [newNumber('A'), newNumber('A')]
    for (const outTradeNo of [paid, unpaid]) {
      const created = await provider.create(requestOf(outTradeNo, { kind: 'qr' }))
      await fetch(created.ok && created.value.kind === 'qr' ? created.value.text : '')
    }
    await control(`/alipay/trades/${paid}/pay`)
    expect(await provider.cancel?.(refOf(paid))).toEqual({ ok: true, value: 'refunded' })
    expect(await provider.cancel?.(refOf(unpaid))).toEqual({ ok: true, value: 'closed' })
  })
})

describe('when the gateway misbehaves', () => {
  test.each([
    ['http_500', 'unknown'],
    ['html', 'unknown'],
    ['half_answer', 'unknown'],
    ['reset_before', 'unknown'],
    ['unknown_before', 'unknown'],
    ['system_error', 'unknown'],
    ['call_limited', 'rate_limited'],
    ['bad_signature', 'untrusted'],
    ['other_key', 'untrusted'],
    ['unsigned', 'untrusted'],
    ['unsigned_not_exist', 'untrusted'],
    ['gbk_error', 'untrusted'],
  ])('%s is %s', async (kind, code) => {
    await control('/faults', { point: 'api', kind, times: 3 })
    expect(await connect('public key').query(refOf('A2026112100000'))).toMatchObject({ ok: false, error: { code } })
    await fetch(`${gateway}/api/faults`, { method: 'DELETE', headers: { origin: gateway } })
  })

  test('a refund whose answer was lost is repeated with its number and paid out once', async () => {
    const provider = connect('public key')
    const outTradeNo = newNumber('A')
    const created = await provider.create(requestOf(outTradeNo, { kind: 'qr' }))
    await fetch(created.ok && created.value.kind === 'qr' ? created.value.text : '')
    await control(`/alipay/trades/${outTradeNo}/pay`)
    await control('/faults', { point: 'api', kind: 'reset_after', times: 1 })
    const refund = refundOf(outTradeNo, newNumber('R'), 6800n)
    expect(await provider.refund(refund)).toEqual({ ok: true, value: { state: 'pending' } })
    expect(await provider.queryRefund(refund)).toMatchObject({ ok: true, value: { state: 'done' } })
    const Book = z.object({
      alipay: z.object({ trades: z.array(z.object({ out_trade_no: z.string(), refunded: z.string() })) }),
    })
    const book = Book.parse(await (await fetch(`${gateway}/api/book`)).json())
    expect(book.alipay.trades.find((trade) => trade.out_trade_no === outTradeNo)?.refunded).toBe('68.00')
  })
})

test('a certificate that the gateway has moved on to is fetched and believed', async () => {
  await control('/alipay/rotate-certificate')
  expect(await connect('certificates').query(refOf('A2026112100000'))).toEqual({
    ok: true,
    value: { state: 'not_found' },
  })
})

test('the bill of today, tomorrow at ten', async () => {
  const day = toShanghaiDay(clock())
  await using folder = await mkdtempDisposable(join(tmpdir(), 'bill-'))
  const path = join(folder.path, 'bill')
  const alipay = connect('public key')
  expect(await alipay.downloadBill(day, path)).toMatchObject({ ok: false, error: { code: 'not_ready' } })
  offsetMs = new Date(`${day}T10:00:00+08:00`).getTime() + 86_400_000 - Date.now()
  await control('/clock', { offset_ms: offsetMs })
  const lines: unknown[] = []
  const isBad: boolean[] = []
  expect(await alipay.downloadBill(day, path)).toEqual({ ok: true, value: 'kept' })
  const read = await alipay.readBill(day, path, async (taken) => {
    lines.push(...taken)
    isBad.push(...taken.map((line) => !line.ok))
  })
  expect(read).toEqual({ ok: true, value: 'whole' })
  expect(lines.length).toBeGreaterThan(10)
  expect(isBad).not.toContain(true)

  await control('/faults', { point: 'bill', kind: 'wrong_footer', times: 1 })
  expect(await alipay.downloadBill(day, path)).toMatchObject({ ok: true })
  expect(await alipay.readBill(day, path, async () => undefined)).toMatchObject({ error: { code: 'corrupt' } })
})

const portOf = (server: typeof shop) => z.object({ port: z.number() }).parse(server.address()).port

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}
