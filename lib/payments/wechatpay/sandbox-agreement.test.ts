import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { toFen } from '../../domain/money.ts'
import { toShanghaiDay } from '../../domain/shanghai-time.ts'
import type { PaymentProvider, Scene } from '../port.ts'
import { createRegistry } from '../registry.ts'

// Our client and the sandbox gateway share no code. Here they talk over HTTP, as two strangers who read one document.

const PAYMENTS_UNDER_LOAD = 60

const folder = mkdtempSync(join(tmpdir(), 'comptoir-wechatpay-'))
const inbox: { readonly headers: Headers; readonly body: Uint8Array }[] = []
/** Looks at each message when it comes, as the shop does; null while nobody looks. */
let believes: ((message: (typeof inbox)[number]) => Promise<boolean>) | null = null
const shop = createServer((request, response) => {
  void buffer(request).then(async (body) => {
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    inbox.push({ headers, body })
    const isBelieved = believes === null || (await believes({ headers, body }))
    response.writeHead(isBelieved ? 204 : 400).end()
  })
})
let sandbox: ChildProcess
let gateway = ''
let shopUrl = ''
let environment: Record<string, string>
let offsetMs = 0
const clock = () => new Date(Date.now() + offsetMs)
const portOf = (server: Server) => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

beforeAll(async () => {
  await once(shop.listen(0, '127.0.0.1'), 'listening')
  shopUrl = `http://127.0.0.1:${portOf(shop)}`
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const port = portOf(free)
  await new Promise((closed) => free.close(closed))
  const script = new URL('../../../sandbox/start.ts', import.meta.url).pathname
  sandbox = spawn(process.execPath, [script, '--port', `${port}`, '--folder', folder, '--speed', '20'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!sandbox.stdout) throw new Error('no output')
  const [line] = await once(createInterface(sandbox.stdout), 'line')
  const Ready = z.object({ url: z.string(), gateways: z.object({ wechatpay: z.object({ merchantFile: z.string() }) }) })
  const ready = Ready.parse(JSON.parse(line))
  gateway = ready.url
  const file = readFileSync(ready.gateways.wechatpay.merchantFile, 'utf8')
  environment = z.object({ environment: z.record(z.string(), z.string()) }).parse(JSON.parse(file)).environment
}, 30_000)

afterAll(async () => {
  sandbox.kill('SIGTERM')
  await once(sandbox, 'exit')
  shop.close()
  rmSync(folder, { recursive: true })
})
beforeEach(async () => {
  await control('/wechatpay/settings', { platform: 'public_key', rotation: 'done', probeRate: 0, refundGapMs: 0 })
})

/** The shop's provider; without the settings of the public key it lives on certificates. */
function connect({ hasPublicKey = true } = {}): PaymentProvider {
  const values: Record<string, string> = { PAYMENTS_MODE: 'sandbox', PUBLIC_URL: shopUrl, ...environment }
  if (!hasPublicKey) {
    delete values['WECHATPAY_PUBLIC_KEY_FILE']
    delete values['WECHATPAY_PUBLIC_KEY_ID']
  }
  const provider = createRegistry(values, { readFile: (path) => readFileSync(path), clock }).get('wechatpay')
  if (!provider) throw new Error('no provider')
  return provider
}

const control = async (path: string, body: unknown = {}) => {
  const headers = { 'content-type': 'application/json', origin: gateway }
  const response = await fetch(`${gateway}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(response.status, path).toBeLessThan(300)
  return response.json()
}

let counter = 0
const newNumber = (letter: string) => `${letter}${Date.now()}${(counter++).toString().padStart(4, '0')}`
const requestOf = (outTradeNo: string, scene: Scene = { kind: 'qr' }) => ({
  scene,
  outTradeNo,
  amount: toFen(26800n),
  subject: '青瓷茶壶 🍵 100% A+B "q" <x>',
  startedAt: clock(),
  payBefore: new Date(clock().getTime() + 1_800_000),
  returnUrl: `${shopUrl}/api/return/wechatpay`,
})
const refOf = (outTradeNo: string) => ({ outTradeNo, startedAt: clock() })

async function pay(provider: PaymentProvider): Promise<{ outTradeNo: string; providerTradeNo: string }> {
  const outTradeNo = newNumber('T')
  const created = await provider.create(requestOf(outTradeNo))
  expect(created).toEqual({ ok: true, value: expect.objectContaining({ kind: 'qr' }) })
  await control(`/wechatpay/trades/${outTradeNo}/pay`)
  const trade = await provider.query(refOf(outTradeNo))
  if (!trade.ok || trade.value.state !== 'paid') throw new Error(JSON.stringify(trade))
  return { outTradeNo, providerTradeNo: trade.value.payment.providerTradeNo }
}

/** The notifications about a trade that are genuine, once there is one. */
async function noticesOf(provider: PaymentProvider, outTradeNo: string) {
  const read = async () => {
    const all = await Promise.all(inbox.map((message) => provider.verifyNotification(message, clock())))
    return all.flatMap((notice) => (notice.ok && notice.value.outTradeNo === outTradeNo ? [notice.value] : []))
  }
  await expect.poll(async () => (await read()).length, { timeout: 10_000 }).toBeGreaterThan(0)
  return read()
}

describe.each([
  ['public key', 'public_key', true],
  ['certificates', 'certificate', false],
  ['both', 'both', true],
] as const)('with %s', (_, platform, hasPublicKey) => {
  beforeEach(() => control('/wechatpay/settings', { platform }))

  test('an order is placed, paid, told of, asked about by both numbers', async () => {
    const provider = connect({ hasPublicKey })
    const { outTradeNo, providerTradeNo } = await pay(provider)
    expect(await provider.query({ ...refOf(outTradeNo), providerTradeNo })).toMatchObject({ value: { state: 'paid' } })
    expect(await noticesOf(provider, outTradeNo)).toMatchObject([
      { kind: 'paid', providerTradeNo, payment: { amount: 26800n, currency: 'CNY' } },
    ])
    expect(await provider.close(refOf(outTradeNo))).toEqual({ ok: true, value: 'not_open' })
    expect(await provider.create(requestOf(outTradeNo))).toMatchObject({ error: { code: 'already_paid' } })
  })
})

test('every scene, each with what it needs', async () => {
  const provider = connect()
  const h5 = await provider.create(requestOf(newNumber('H'), { kind: 'h5', payerIp: '203.0.113.7' }))
  expect(h5).toMatchObject({ value: { kind: 'redirect', url: /redirect_url=http%3A%2F%2F127/ } })
  const code = await fetch(provider.buyerLogin?.url({ returnUrl: `${shopUrl}/back`, state: 'a1' }) ?? '', {
    redirect: 'manual',
  })
  const back = new URL(code.headers.get('location') ?? '')
  expect(back.searchParams.get('state')).toBe('a1')
  const known = await provider.buyerLogin?.openid(back.searchParams.get('code') ?? '')
  if (!known?.ok) throw new Error('not known')
  const inside = await provider.create(requestOf(newNumber('J'), { kind: 'jsapi', openid: known.value }))
  expect(inside).toMatchObject({ value: { kind: 'jsapi', parameters: { signType: 'RSA' } } })
  expect(await provider.buyerLogin?.openid(back.searchParams.get('code') ?? '')).toMatchObject({
    error: { code: 'refused', providerCode: '40029' },
  })
})

test('unpaid and closed, and what the sandbox thinks of a repeat', async () => {
  const provider = connect()
  const outTradeNo = newNumber('U')
  expect(await provider.query(refOf(outTradeNo))).toEqual({ ok: true, value: { state: 'not_found' } })
  expect(await provider.close(refOf(outTradeNo))).toEqual({ ok: true, value: 'not_found' })
  const request = requestOf(outTradeNo)
  expect((await provider.create(request)).ok).toBe(true)
  expect((await provider.create(request)).ok).toBe(true)
  expect(await provider.create({ ...request, amount: toFen(1n) })).toMatchObject({ error: { code: 'number_taken' } })
  expect(await provider.query(refOf(outTradeNo))).toEqual({ ok: true, value: { state: 'unpaid' } })
  for (const _ of [1, 2]) expect(await provider.close(refOf(outTradeNo))).toEqual({ ok: true, value: 'closed' })
  expect(await provider.query(refOf(outTradeNo))).toEqual({ ok: true, value: { state: 'closed', payment: null } })
})

test('refunds in parts, one that sticks, and one that is asked for twice', async () => {
  const provider = connect()
  const { outTradeNo, providerTradeNo } = await pay(provider)
  const refund = (refundNo: string, fen: bigint) => ({
    ...refOf(outTradeNo),
    refundNo,
    requestedAt: clock(),
    providerTradeNo,
    amount: toFen(fen),
    paidAmount: toFen(26800n),
    paidAt: clock(),
    reason: '少了一只杯子',
  })
  const [first, second] = [refund(newNumber('R'), 10_000n), refund(newNumber('R'), 16_800n)]
  for (const _ of [1, 2]) expect(await provider.refund(first)).toEqual({ ok: true, value: { state: 'pending' } })
  expect(await provider.refund({ ...first, amount: toFen(1n) })).toMatchObject({ error: { code: 'refused' } })
  expect(await provider.refund(refund(newNumber('R'), 16_801n))).toMatchObject({ error: { code: 'refused' } })
  await control(`/wechatpay/refunds/${first.refundNo}/succeed`)
  expect(await provider.queryRefund(first)).toMatchObject({ value: { state: 'done' } })

  expect(await provider.refund(second)).toEqual({ ok: true, value: { state: 'pending' } })
  await control(`/wechatpay/refunds/${second.refundNo}/abnormal`)
  expect(await provider.queryRefund(second)).toMatchObject({ value: { state: 'abnormal' } })
  expect(await provider.recallRefund?.(second)).toMatchObject({ value: { state: 'pending' } })
  expect(await provider.queryRefund(refund(newNumber('R'), 1n))).toEqual({ ok: true, value: { state: 'not_found' } })
  await expect
    .poll(async () => (await noticesOf(provider, outTradeNo)).map(({ kind }) => kind), { timeout: 10_000 })
    .toEqual(expect.arrayContaining(['paid', 'refunded', 'refund_abnormal']))
})

test('bills of trades and of funds: fetched, proved by their hash, read to the end', async () => {
  const provider = connect()
  const { outTradeNo } = await pay(provider)
  const day = toShanghaiDay(clock())
  const [trades, funds] = [join(folder, 'trades.gz'), join(folder, 'funds.gz')]
  expect(await provider.downloadBill(day, trades)).toMatchObject({ error: { code: 'not_ready' } })
  // Past ten in the morning of the next day, whatever the hour is now.
  await control('/clock', { advance_ms: 36 * 3_600_000 })
  offsetMs += 36 * 3_600_000
  expect(await provider.downloadBill(day, trades)).toEqual({ ok: true, value: 'kept' })
  const lines: unknown[] = []
  const read = await provider.readBill(day, trades, async (some) => {
    lines.push(...some)
  })
  expect(read).toEqual({ ok: true, value: 'whole' })
  expect(lines).toContainEqual(
    expect.objectContaining({ value: expect.objectContaining({ outTradeNo, kind: 'payment', amount: 26800n }) }),
  )
  expect(await provider.fundFlow?.download(day, funds)).toEqual({ ok: true, value: 'kept' })
  const moved: unknown[] = []
  const readFunds = await provider.fundFlow?.read(funds, async (some) => {
    moved.push(...some)
  })
  expect(readFunds).toEqual({ ok: true, value: 'whole' })
  expect(moved).toContainEqual(
    expect.objectContaining({ value: expect.objectContaining({ direction: 'in', amount: 26800n }) }),
  )
  expect(await provider.downloadBill(toShanghaiDay(new Date(clock().getTime() - 10 * 86_400_000)), trades)).toEqual({
    ok: true,
    value: 'no_trades',
  })
})

describe('under load nothing genuine is refused', () => {
  /** Pays orders one after the other in three lanes, while `meanwhile` happens, and counts what was not believed. */
  async function payDuring(provider: PaymentProvider, meanwhile: () => Promise<unknown>) {
    const believed = new Set<string>()
    believes = async (message) => {
      const notice = await provider.verifyNotification(message, clock())
      if (notice.ok) believed.add(notice.value.outTradeNo)
      return notice.ok
    }
    const numbers: string[] = []
    const lane = async () => {
      while (numbers.length < PAYMENTS_UNDER_LOAD) numbers.push((await pay(provider)).outTradeNo)
    }
    const changes = (async () => {
      await expect.poll(() => numbers.length, { timeout: 30_000 }).toBeGreaterThan(PAYMENTS_UNDER_LOAD / 4)
      await meanwhile()
    })()
    await Promise.all([lane(), lane(), lane(), changes])
    await expect.poll(() => numbers.filter((number) => !believed.has(number)), { timeout: 20_000 }).toEqual([])
    believes = null
    return numbers.length
  }
  const settings = (patch: object) => control('/wechatpay/settings', patch)

  test('while the platform certificate is replaced', { timeout: 90_000 }, async () => {
    await settings({ platform: 'certificate' })
    const paid = await payDuring(connect({ hasPublicKey: false }), async () => {
      await settings({ rotation: 'announced' })
      await control('/wechatpay/rotate-certificate')
      await settings({ rotation: 'both' })
      await new Promise((resolve) => setTimeout(resolve, 300))
      await settings({ rotation: 'done' })
    })
    expect(paid).toBeGreaterThanOrEqual(PAYMENTS_UNDER_LOAD)
  })

  test('while the merchant moves to the public key, with probes among it all', { timeout: 90_000 }, async () => {
    // The merchant holds the key before anything is signed with it.
    await settings({ platform: 'both', publicKeyShare: 0, probeRate: 0.05 })
    const paid = await payDuring(connect(), async () => {
      await settings({ platform: 'both', publicKeyShare: 0.5 })
      await new Promise((resolve) => setTimeout(resolve, 300))
      await settings({ platform: 'public_key' })
    })
    expect(paid).toBeGreaterThanOrEqual(PAYMENTS_UNDER_LOAD)
  })
})
