import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestMerchant, type TestMerchant } from '../testing/test-merchant.ts'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'

let sandbox: TestSandbox
let merchant: TestMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openTestMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const submit = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  sandbox.request('POST', `/switchboard/${path}`, new URLSearchParams(form).toString(), headers)
const api = async (method: string, path: string, body?: unknown) => {
  const answer = await sandbox.request(method, `/api${path}`, body === undefined ? '' : JSON.stringify(body))
  return { status: answer.status, json: JSON.parse(answer.body.toString()) }
}

describe('the page', () => {
  test('orders a fault, shows it, and takes it back', async () => {
    const ordered = await submit('fault', {
      gateway: 'alipay',
      fault: 'notify/repeat',
      target: 'T1',
      method: '',
      times: 'always',
      value: '7',
    })
    expect(ordered).toMatchObject({ status: 303, headers: { location: '/' } })
    const [rule] = sandbox.faults.list()
    expect(rule).toMatchObject({
      point: 'notify',
      kind: 'repeat',
      target: 'T1',
      method: null,
      remaining: null,
      value: 7,
    })
    expect((await sandbox.request('GET', '/')).body).toContain('7 times')
    await submit('fault-removed', { id: String(rule?.id) })
    expect(sandbox.faults.list()).toEqual([])
  })

  test('an empty value is the usual one, and nonsense is answered with a reason', async () => {
    await submit('fault', { gateway: 'alipay', fault: 'notify/delay', target: '', method: '', times: '1', value: '' })
    expect(sandbox.faults.list()[0]?.value).toBe(10_000)
    for (const wrong of [
      { fault: 'notify/nothing' },
      { fault: 'constructor/x' },
      { fault: 'api/slow', times: '-1' },
      { fault: 'api/slow', value: '<b>' },
    ]) {
      const answer = await submit('fault', { gateway: 'alipay', ...wrong })
      expect(answer.status).toBe(422)
      expect(answer.body).not.toContain('<b>')
    }
    expect(sandbox.faults.list()).toHaveLength(1)
  })

  test('moves the clock, pays, closes, sends again and changes the speed', async () => {
    const { headers } = await merchant.visit({ out_trade_no: 'T1' })
    await sandbox.request('GET', headers['location'] ?? '')
    await submit('act', { gateway: 'alipay', id: 'T1', act: 'pay' })
    await sandbox.pass(0)
    const id = new URLSearchParams(sandbox.sent[0]?.body).get('notify_id') ?? ''
    await submit('resend', { id })
    await submit('clock', { minutes: '60' })
    await submit('speed', { factor: '600' })
    await sandbox.pass(0)
    expect(sandbox.sent).toHaveLength(2)
    expect((await api('GET', '/state')).json).toMatchObject({
      now: '2026-11-20 13:00:00',
      offset_ms: 3_600_000,
      speed: 600,
    })
    const page = (await sandbox.request('GET', '/')).body.toString()
    expect(page).toContain('TRADE_SUCCESS')
    expect(page).toContain('HTTP 200 success')
  })
})

test.each(['alipay', 'wechatpay', 'unionpay'])('a new certificate for %s', async (gateway) => {
  expect(await submit('rotate-certificate', { gateway })).toMatchObject({ status: 303, headers: { location: '/' } })
  expect((await submit('rotate-certificate', { gateway: 'constructor' })).status).toBe(422)
})

test('no page elsewhere can turn a switch through this browser', async () => {
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
  ]
  for (const headers of foreign) {
    expect((await submit('clock', { minutes: '60' }, headers)).status).toBe(403)
    expect((await sandbox.request('DELETE', '/api/faults', '', headers)).status).toBe(403)
  }
  expect(sandbox.clock.offsetMs()).toBe(0)
  expect((await submit('clock', { minutes: '60' }, { 'sec-fetch-site': 'same-origin' })).status).toBe(303)
})

describe('the API', () => {
  test('adds, lists and clears faults', async () => {
    const added = await api('POST', '/faults', {
      point: 'api',
      kind: 'slow',
      method: 'alipay.trade.query',
      times: 3,
      value: 250,
    })
    expect(added).toMatchObject({
      status: 201,
      json: { gateway: 'alipay', kind: 'slow', remaining: 3, value: 250, chance: 1 },
    })
    expect((await api('GET', '/faults')).json).toHaveLength(1)
    await api('DELETE', '/faults')
    expect((await api('GET', '/faults')).json).toEqual([])
  })

  test.each([
    {},
    { point: 'api' },
    { point: 'api', kind: 'constructor' },
    { point: 'notify', kind: 'slow' },
    { point: 'api', kind: 'slow', chance: 2 },
  ])('refuses %j', async (order) => expect((await api('POST', '/faults', order)).status).toBe(422))

  test('shows the book, the notifications and the deliveries', async () => {
    await merchant.pay('T1')
    await merchant.pay('T2')
    await sandbox.pass(0)
    const { json: book } = await api('GET', '/book')
    expect(
      book.alipay.trades.map((trade: { out_trade_no: string; status: string }) => [trade.out_trade_no, trade.status]),
    ).toEqual([
      ['T2', 'TRADE_SUCCESS'],
      ['T1', 'TRADE_SUCCESS'],
    ])
    expect((await api('GET', '/notifications?target=T1')).json).toMatchObject([{ target: 'T1', state: 'acknowledged' }])
    expect((await api('GET', '/deliveries?target=T2')).json).toMatchObject([
      { target: 'T2', outcome: 'acknowledged', answer: 'success' },
    ])
    expect((await api('GET', '/alipay/calls')).json[0]).toMatchObject({
      method: 'alipay.trade.page.pay',
      target: 'T2',
      answered: '10000',
    })
  })

  test('changes the gateway’s limits, and keeps them over a restart', async () => {
    const moved = await api('POST', '/alipay/settings', { timestampToleranceMs: 1000, feePerTenThousand: 100 })
    expect(moved.json).toMatchObject({ timestampToleranceMs: 1000, feePerTenThousand: 100, billLinkMs: 30_000 })
    expect((await api('POST', '/alipay/settings', { feePerTenThousand: -1 })).status).toBe(422)
    expect((await api('POST', '/alipay/settings', { nothing: 1 })).status).toBe(422)
    await api('POST', '/clock', { advance_ms: 5_000 })
    sandbox.close()
    sandbox = openTestSandbox({ folder: sandbox.folder, time: sandbox.time })
    expect((await api('GET', '/alipay/settings')).json.timestampToleranceMs).toBe(1000)
    expect((await api('GET', '/state')).json.offset_ms).toBe(5_000)
  })

  test('pays what nobody has opened yet, once', async () => {
    await merchant.visit({ out_trade_no: 'T1' })
    expect((await api('POST', '/alipay/trades/T1/pay')).json).toMatchObject({
      status: 'TRADE_SUCCESS',
      total: '100.00',
    })
    expect((await api('POST', '/alipay/trades/T1/pay')).status).toBe(409)
    expect((await api('POST', '/alipay/trades/T9/pay')).status).toBe(404)
    expect((await api('GET', '/nothing')).status).toBe(404)
  })
})
