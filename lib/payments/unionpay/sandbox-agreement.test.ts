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
import type { Result } from '../../result.ts'
import type { BadBillLine, BillLine } from '../bills.ts'
import type { PaymentProvider, RefundRequest } from '../port.ts'
import { createRegistry } from '../registry.ts'

// Our client and the sandbox gateway share no code. Here they talk over HTTP, as two strangers who read one document.

const MINUTE_MS = 60_000
const folder = mkdtempSync(join(tmpdir(), 'comptoir-unionpay-'))
const inbox: Uint8Array[] = []
const shop = createServer((request, response) => {
  void buffer(request).then((body) => {
    inbox.push(body)
    response.end('ok')
  })
})
let sandbox: ChildProcess
let gateway = ''
let provider: PaymentProvider
/** What both clocks are ahead of the machine's, and what ours is ahead of the gateway's besides. */
let [offsetMs, oursAheadMs] = [0, 0]
const clock = () => new Date(Date.now() + offsetMs + oursAheadMs)

beforeAll(async () => {
  shop.listen(0, '127.0.0.1')
  await once(shop, 'listening')
  const script = new URL('../../../sandbox/start.ts', import.meta.url).pathname
  const args = [script, '--port', `${await freePort()}`, '--folder', folder]
  sandbox = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  if (!sandbox.stdout) throw new Error('no output')
  const [line] = await once(createInterface(sandbox.stdout), 'line')
  const Ready = z.object({ url: z.string(), gateways: z.object({ unionpay: z.object({ merchantFile: z.string() }) }) })
  const ready = Ready.parse(JSON.parse(line))
  gateway = ready.url
  const Merchant = z.object({ environment: z.record(z.string(), z.string()) })
  const { environment } = Merchant.parse(JSON.parse(readFileSync(ready.gateways.unionpay.merchantFile, 'utf8')))
  const values = { PAYMENTS_MODE: 'sandbox', PUBLIC_URL: `http://127.0.0.1:${portOf(shop)}`, ...environment }
  const built = createRegistry(values, { readFile: (path) => readFileSync(path), clock }).get('unionpay')
  if (!built) throw new Error('no provider')
  provider = built
}, 30_000)

afterAll(async () => {
  sandbox.kill('SIGTERM')
  await once(sandbox, 'exit')
  shop.close()
  rmSync(folder, { recursive: true })
})

beforeEach(async () => {
  inbox.length = 0
  oursAheadMs = 0
  await fetch(`${gateway}/api/faults`, { method: 'DELETE' })
})

const tell = async (path: string, body: object = {}) => {
  const answer = await fetch(`${gateway}/api${path}`, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
const fault = (point: 'api' | 'notify' | 'bill', kind: string, more: object = {}) =>
  tell('/faults', { gateway: 'unionpay', point, kind, ...more })
const act = (number: string, verb: 'pay' | 'fail' | 'execute') => tell(`/unionpay/trades/${number}/${verb}`)

/** Both clocks to the next time that it is so late in Shanghai, `hh:mm:ss`. */
async function travelTo(time: string) {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  const now = clock().getTime()
  const wanted = ((hours - 8) * 60 + minutes) * MINUTE_MS + seconds * 1000
  offsetMs += (((wanted - now) % 86_400_000) + 86_400_000) % 86_400_000
  await tell('/clock', { offset_ms: offsetMs })
}

let counter = 0
const newNumber = () => `${Date.now()}${(counter++).toString().padStart(4, '0')}`
const started = () => ({ outTradeNo: newNumber(), startedAt: clock() })
type Started = ReturnType<typeof started>

/** A browser brings the form of a new payment to the cashier. */
async function open(attempt = started(), amount = 26800n): Promise<Started> {
  const created = await provider.create({
    scene: { kind: 'form', device: 'computer' },
    ...attempt,
    amount: toFen(amount),
    subject: '青瓷茶壶 100% A+B & {C=D}',
    payBefore: new Date(clock().getTime() + 30 * MINUTE_MS),
    returnUrl: 'http://127.0.0.1/return',
  })
  if (!created.ok || created.value.kind !== 'form') throw new Error('no form')
  const body = new URLSearchParams(created.value.fields.map(([name, value]) => [name, value]))
  const answer = await fetch(created.value.url, { method: 'POST', body, redirect: 'manual' })
  expect(answer.status, await answer.text()).toBe(303)
  return attempt
}

/** The next message about `number`; others may come in between, about what time has decided. */
async function noticeAbout(number: string) {
  const find = () => inbox.find((body) => Buffer.from(body).includes(`orderId=${number}`))
  await expect.poll(find, { timeout: 10_000 }).toBeDefined()
  const body = find() ?? new Uint8Array()
  inbox.splice(inbox.indexOf(body), 1)
  return provider.verifyNotification({ headers: new Headers(), body }, clock())
}

async function paid(): Promise<Started & { queryId: string; paidAt: Date }> {
  const attempt = await open()
  await act(attempt.outTradeNo, 'pay')
  const told = await noticeAbout(attempt.outTradeNo)
  if (!told.ok || told.value.kind !== 'paid') throw new Error('no payment was told')
  return { ...attempt, queryId: told.value.providerTradeNo, paidAt: clock() }
}
const refundOf = ({ queryId, ...attempt }: Awaited<ReturnType<typeof paid>>, amount = 26800n): RefundRequest => ({
  ...attempt,
  refundNo: `${attempt.outTradeNo}R1`,
  requestedAt: clock(),
  providerTradeNo: queryId,
  amount: toFen(amount),
  paidAmount: toFen(26800n),
  reason: 'x',
})
const bookOf = async (number: string) => (await fetch(`${gateway}/api/unionpay/trades/${number}`)).json()

test('a payment, told by notification and by query alike', async () => {
  const attempt = started()
  expect(await provider.query(attempt)).toEqual({ ok: true, value: { state: 'not_found' } })
  await open(attempt)
  expect(await provider.query(attempt)).toEqual({ ok: true, value: { state: 'not_found' } })
  await act(attempt.outTradeNo, 'pay')
  const told = await noticeAbout(attempt.outTradeNo)
  const asked = await provider.query(attempt)
  if (!told.ok || told.value.kind !== 'paid') throw new Error('no payment was told')
  if (!asked.ok || asked.value.state !== 'paid') throw new Error('no payment was found')
  expect(told.value.outTradeNo).toBe(attempt.outTradeNo)
  expect(told.value.startedAt?.getTime()).toBe(Math.trunc(attempt.startedAt.getTime() / 1000) * 1000)
  expect(asked.value.payment).toMatchObject({ eventId: told.value.eventId, amount: 26800n, currency: 'CNY' })
  expect(told.value.payment).toEqual(asked.value.payment)
})

test('a payment that fails, and the same form again while it is unpaid', async () => {
  const attempt = await open()
  await open(attempt)
  await act(attempt.outTradeNo, 'fail')
  expect(await provider.query(attempt)).toEqual({ ok: true, value: { state: 'closed', payment: null } })
})

describe('money that goes back', () => {
  test('the whole on the same day is cancelled, accepted first and done later', async () => {
    await travelTo('12:00:00')
    const payment = await paid()
    const refund = refundOf(payment)
    expect(await provider.refund(refund)).toEqual({ ok: true, value: { state: 'pending' } })
    expect(await provider.queryRefund(refund)).toEqual({ ok: true, value: { state: 'pending' } })
    expect(await provider.refund(refund)).toEqual({ ok: true, value: { state: 'pending' } })
    await act(`${refund.refundNo}C`, 'execute')
    expect(await noticeAbout(refund.refundNo)).toMatchObject({
      value: {
        kind: 'refunded',
        outTradeNo: payment.outTradeNo,
        refundNo: refund.refundNo,
        amount: 26800n,
        complete: true,
      },
    })
    expect(await provider.queryRefund(refund)).toMatchObject({ ok: true, value: { state: 'done' } })
    expect(await bookOf(payment.outTradeNo)).toMatchObject({ returned: '268.00', returns: [{ txn_type: '31' }] })
  })

  test('wanted back after 23:00 it is refunded', async () => {
    await travelTo('22:59:30')
    const payment = await paid()
    await travelTo('23:00:05')
    const refund = refundOf(payment)
    expect(await provider.refund(refund)).toEqual({ ok: true, value: { state: 'pending' } })
    await act(refund.refundNo, 'execute')
    expect(await noticeAbout(refund.refundNo)).toMatchObject({ value: { kind: 'refunded', refundNo: refund.refundNo } })
    expect(await bookOf(payment.outTradeNo)).toMatchObject({ returns: [{ txn_type: '04', status: 'succeeded' }] })
  })

  test('by a clock that runs behind, the cancel is refused and becomes a refund', async () => {
    await travelTo('22:59:30')
    const payment = await paid()
    await travelTo('23:00:20')
    oursAheadMs = -MINUTE_MS
    const refund = refundOf(payment)
    expect(await provider.refund(refund)).toEqual({ ok: true, value: { state: 'pending' } })
    expect(await bookOf(payment.outTradeNo)).toMatchObject({ returned: '268.00', returns: [{ txn_type: '04' }] })
  })

  test('taken before 23:00 without an answer, and sent again after: once, and asked about', async () => {
    await travelTo('22:59:30')
    const payment = await paid()
    const refund = refundOf(payment)
    await fault('api', 'unknown_after', { method: 'cancel', times: 1 })
    expect(await provider.refund(refund)).toMatchObject({ ok: false, error: { code: 'unknown' } })
    await travelTo('23:00:05')
    expect(await provider.refund(refund)).toMatchObject({ ok: true, value: { state: 'done' } })
    expect(await bookOf(payment.outTradeNo)).toMatchObject({ returned: '268.00', returns: [{ txn_type: '31' }] })
  })

  test('a cancel that was accepted and failed is followed by a refund with the same number', async () => {
    await travelTo('12:00:00')
    const payment = await paid()
    const refund = refundOf(payment)
    await provider.refund(refund)
    await act(`${refund.refundNo}C`, 'fail')
    expect(await provider.queryRefund(refund)).toEqual({ ok: true, value: { state: 'not_found' } })
    expect(await provider.refund(refund)).toEqual({ ok: true, value: { state: 'pending' } })
    await act(refund.refundNo, 'execute')
    expect(await provider.queryRefund(refund)).toMatchObject({ ok: true, value: { state: 'done' } })
    expect(await bookOf(payment.outTradeNo)).toMatchObject({ returned: '268.00' })
  })

  test('in parts, never more than was paid', async () => {
    const payment = await paid()
    expect(await provider.refund(refundOf(payment, 20000n))).toEqual({ ok: true, value: { state: 'pending' } })
    const second = { ...refundOf(payment, 10000n), refundNo: `${payment.outTradeNo}R2` }
    expect(await provider.refund(second)).toMatchObject({ ok: false, error: { code: 'refused', providerCode: '36' } })
    expect(await provider.queryRefund(second)).toEqual({ ok: true, value: { state: 'not_found' } })
  })

  test('a refund that fails at the bank', async () => {
    const refund = refundOf(await paid(), 100n)
    await provider.refund(refund)
    await act(refund.refundNo, 'fail')
    expect(await provider.queryRefund(refund)).toMatchObject({ ok: true, value: { state: 'failed' } })
  })
})

test('UnionPay changes its certificate, and the next message is believed without a restart', async () => {
  await paid()
  await tell('/unionpay/rotate-certificate')
  const attempt = await paid()
  expect(await provider.query(attempt)).toMatchObject({ ok: true, value: { state: 'paid' } })
})

const FALSE = [
  'bad_signature',
  'tampered',
  'unsigned',
  'other_key',
  'swapped_certificate',
  'foreign_certificate',
  'wrong_name',
  'expired_certificate',
  'future_certificate',
  'line_ends',
  'sha1',
  'doubled_field',
]
const TRUE = ['unknown_field', 'empty_field']

describe('what the gateway can get wrong', () => {
  test.each([...FALSE, 'blank_for_plus', 'other_merchant'])('a notification is refused: %s', async (kind) => {
    const attempt = await open()
    await fault('notify', kind, { target: attempt.outTradeNo })
    await act(attempt.outTradeNo, 'pay')
    expect(await noticeAbout(attempt.outTradeNo)).toMatchObject({ ok: false })
  })
  test.each([...TRUE, 'flawed', 'discount'])('a notification is believed: %s', async (kind) => {
    const attempt = await open()
    await fault('notify', kind, { target: attempt.outTradeNo })
    await act(attempt.outTradeNo, 'pay')
    expect(await noticeAbout(attempt.outTradeNo)).toMatchObject({
      ok: true,
      value: { kind: 'paid', payment: { amount: 26800n } },
    })
  })
  test.each([...FALSE, 'other_merchant', 'other_order', 'unsigned_not_found', 'html', 'says_unknown'])(
    'an answer is not taken for a payment: %s',
    async (kind) => {
      const attempt = await paid()
      await fault('api', kind, { target: attempt.outTradeNo, method: 'query', times: 10 })
      const asked = await provider.query(attempt)
      expect(asked.ok ? asked.value : asked.error.code).toMatch(/^(untrusted|unknown)$/)
    },
  )
  test.each(TRUE)('an answer is believed: %s', async (kind) => {
    const attempt = await paid()
    await fault('api', kind, { target: attempt.outTradeNo, method: 'query', times: 10 })
    expect(await provider.query(attempt)).toMatchObject({ ok: true, value: { state: 'paid' } })
  })
})

describe('the settlement file', () => {
  const path = join(folder, 'bill.zip')
  const read = async (day: string) => {
    const lines: Result<BillLine, BadBillLine>[] = []
    const whole = await provider.readBill(day, path, async (some) => void lines.push(...some))
    return { whole, lines }
  }
  const dayAt = (time: Date) => new Date(time.getTime() + 9 * 3_600_000).toISOString().slice(0, 10)

  test('has payments and refunds of its day, whose night begins at 23:00', async () => {
    await travelTo('22:50:00')
    const before = await paid()
    await travelTo('23:10:00')
    const after = await paid()
    const refund = refundOf(after, 5000n)
    await provider.refund(refund)
    await act(refund.refundNo, 'execute')
    const day = dayAt(clock())
    expect(await provider.downloadBill(day, path)).toMatchObject({ ok: false, error: { code: 'not_ready' } })
    await travelTo('23:05:00')
    await travelTo('10:00:00')
    expect(await provider.downloadBill(day, path)).toEqual({ ok: true, value: 'kept' })
    const { whole, lines } = await read(day)
    expect(whole).toEqual({ ok: true, value: 'whole' })
    expect(lines.every((line) => line.ok)).toBe(true)
    const known = lines.filter((line) => line.ok).map(({ value }) => value)
    expect(known.find(({ outTradeNo }) => outTradeNo === before.outTradeNo)).toBeUndefined()
    expect(known.find(({ outTradeNo }) => outTradeNo === after.outTradeNo)).toMatchObject({
      kind: 'payment',
      providerTradeNo: after.queryId,
      amount: 26800n,
      fee: 161n,
    })
    expect(known.find(({ refundNo }) => refundNo === refund.refundNo)).toMatchObject({
      kind: 'refund',
      providerTradeNo: after.queryId,
      outTradeNo: null,
      amount: 5000n,
    })

    await fault('bill', 'cut_line')
    await provider.downloadBill(day, path)
    const cut = (await read(day)).lines
    expect(cut.map((line) => line.ok)).toEqual([false, ...known.slice(1).map(() => true)])
    expect(cut[0]).toMatchObject({ error: { line: 1, reason: expect.stringContaining('cut short') } })
    for (const kind of ['cut', 'other_merchant']) {
      await fault('bill', kind)
      await provider.downloadBill(day, path)
      expect((await read(day)).whole, kind).toMatchObject({ ok: false, error: { code: 'corrupt' } })
    }
  })
})

test('diagnose', async () => {
  const findings = await provider.diagnose()
  expect(findings.find(({ text }) => text.startsWith('the gateway answers'))).toMatchObject({ level: 'ok' })
})

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server)
  await new Promise((closed) => server.close(closed))
  return port
}
