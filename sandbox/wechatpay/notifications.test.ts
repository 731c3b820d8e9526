import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { NOON, openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { openWechatMerchant, type WechatMerchant } from '../testing/wechat-merchant.ts'
import { type NotifyFault, WECHATPAY_FAULTS } from './fault-kinds.ts'

let sandbox: TestSandbox
let merchant: WechatMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openWechatMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const SECOND = 1_000
const HOUR = 3_600_000
const order = (kind: NotifyFault, value?: number) =>
  sandbox.faults.add({ gateway: 'wechatpay', point: 'notify', kind, value })

async function told(fault?: NotifyFault) {
  if (fault) order(fault)
  await merchant.pay('ORDER001')
  await sandbox.pass(0)
  const [sent] = sandbox.sent
  if (!sent) throw new Error('nothing was sent')
  return sent
}

describe('the retry table', () => {
  test('sends sixteen times in 24 hours and 4 minutes to who never answers well, and then gives up', async () => {
    sandbox.merchantSays = () => ({ status: 500, body: '{"code":"FAIL","message":"失败"}' })
    await merchant.pay('ORDER001')
    await sandbox.pass(48 * HOUR)
    const waits = sandbox.sent.map(({ at }, index) => (at - (sandbox.sent[index - 1]?.at ?? NOON)) / SECOND)
    const minutes = (...list: number[]) => list.map((minute) => minute * 60)
    expect(waits).toEqual([...[0, 15, 15, 30], ...minutes(3, 10, 20, 30, 30, 30, 60, 180, 180, 180, 360, 360)])
    expect((sandbox.sent.at(-1)?.at ?? 0) - NOON).toBe(24 * HOUR + 4 * 60 * SECOND)
  })

  test.each([
    [200, '', true],
    [204, '', true],
    [200, '{"code":"FAIL"}', true],
    [201, '', false],
    [302, '', false],
    [400, '', false],
    [500, 'success', false],
    [null, 'timeout', false],
  ])('%s %j ends it: %s', async (status, body, ends) => {
    sandbox.merchantSays = () => ({ status, body })
    await merchant.pay('ORDER001')
    await sandbox.pass(15 * SECOND)
    expect(sandbox.sent).toHaveLength(ends ? 1 : 2)
  })

  test('each delivery is sealed and signed anew, under the same number', async () => {
    sandbox.merchantSays = () => ({ status: 500, body: '' })
    await merchant.pay('ORDER001')
    await sandbox.pass(60 * SECOND)
    const distinct = (of: (sent: (typeof sandbox.sent)[number]) => unknown) => new Set(sandbox.sent.map(of)).size
    expect(sandbox.sent).toHaveLength(4)
    expect(distinct(({ headers }) => headers['Wechatpay-Nonce'])).toBe(4)
    expect(distinct(({ headers }) => headers['Wechatpay-Timestamp'])).toBe(4)
    expect(distinct(({ body }) => JSON.parse(body).resource.ciphertext)).toBe(4)
    expect(distinct(({ body }) => JSON.parse(body).id)).toBe(1)
    for (const sent of sandbox.sent) expect(merchant.read(sent)).toMatchObject({ out_trade_no: 'ORDER001' })
  })

  test('can be sent once more from the switchboard', async () => {
    const { body } = await told()
    await sandbox.request('POST', `/api/notifications/${JSON.parse(body).id}/resend`)
    await sandbox.pass(0)
    expect(sandbox.sent).toHaveLength(2)
  })
})

/** Lies that are rightly sealed and signed. */
const LIES: [NotifyFault, Record<string, unknown>][] = [
  ['wrong_amount', { amount: { total: 9_999, currency: 'CNY' } }],
  ['other_currency', { amount: { total: 10_000, currency: 'HKD' } }],
  ['other_merchant', { mchid: '1900000209' }],
  ['other_app', { appid: 'wxdace645e0bc2c424' }],
  ['other_order', { out_trade_no: 'NOBODY000001' }],
  ['not_success', { trade_state: 'NOTPAY' }],
  ['unknown_field', { new_field_2027: { a: '新字段' } }],
]
test.each(LIES)('%s', async (kind, fields) => {
  expect(merchant.read(await told(kind))).toMatchObject(fields)
})

test('an event of no document, rightly signed', async () => {
  const sent = await told('unknown_event')
  expect(JSON.parse(sent.body).event_type).toBe('TRANSACTION.PONDERED')
  expect(merchant.verifies(sent.headers, sent.body)).toBe(true)
})

/** What the signature reveals. */
const FORGERIES: NotifyFault[] = ['bad_signature', 'other_key', 'tampered', 'probe']
test.each(FORGERIES)('%s', async (kind) => {
  const sent = await told(kind)
  expect(merchant.verifies(sent.headers, sent.body)).toBe(false)
})

test('without a signature, or under a serial that nobody knows', async () => {
  expect((await told('unsigned')).headers).not.toHaveProperty('Wechatpay-Signature')
  sandbox.sent.length = 0
  order('unknown_serial')
  await merchant.pay('ORDER002')
  await sandbox.pass(0)
  const [sent] = sandbox.sent
  expect(() => sent && merchant.verifies(sent.headers, sent.body)).toThrow('unknown serial')
})

/** What only the seal reveals. */
const BROKEN_SEALS: NotifyFault[] = ['bad_tag', 'other_api_key', 'bad_nonce', 'no_json']
test.each(BROKEN_SEALS)('%s', async (kind) => {
  const sent = await told(kind)
  expect(merchant.verifies(sent.headers, sent.body)).toBe(true)
  expect(() => merchant.read(sent)).toThrow()
})

test.each([
  [undefined, -600],
  [301, 301],
])('stale(%s) is rightly signed %i seconds off', async (value, offset) => {
  order('stale', value)
  const sent = await told()
  expect(Number(sent.headers['Wechatpay-Timestamp'])).toBe(NOON / SECOND + offset)
  expect(merchant.read(sent)).toMatchObject({ trade_state: 'SUCCESS' })
})

describe('on their way', () => {
  test('twenty at once, all alike', async () => {
    order('repeat', 19)
    await told()
    expect(sandbox.sent).toHaveLength(20)
    expect(new Set(sandbox.sent.map(({ headers }) => headers['Wechatpay-Nonce'])).size).toBe(1)
  })

  test('lost once, late, never, or overtaken', async () => {
    order('drop')
    await merchant.pay('DROPPED1')
    await sandbox.pass(0)
    expect(sandbox.sent).toHaveLength(0)
    await sandbox.pass(15 * SECOND)
    expect(sandbox.sent).toHaveLength(1)

    order('delay', 7_000)
    await merchant.pay('DELAYED1')
    await sandbox.pass(6_999)
    expect(sandbox.sent).toHaveLength(1)
    await sandbox.pass(1)
    expect(sandbox.sent).toHaveLength(2)

    order('lose')
    await merchant.pay('LOST0001')
    await sandbox.pass(48 * HOUR)
    expect(sandbox.sent).toHaveLength(2)

    order('reorder')
    await merchant.pay('FIRST001')
    await merchant.pay('SECOND01')
    await sandbox.pass(0)
    const numbers = sandbox.sent.slice(2).map((sent) => merchant.read(sent)['out_trade_no'])
    expect(numbers).toEqual(['SECOND01', 'FIRST001'])
  })
})

test('every fault of a notification is tried here', () => {
  const tried = new Set<string>([...LIES.map(([kind]) => kind), ...FORGERIES, ...BROKEN_SEALS])
  for (const kind of ['unknown_event', 'unsigned', 'unknown_serial', 'stale']) tried.add(kind)
  for (const kind of ['repeat', 'drop', 'delay', 'lose', 'reorder']) tried.add(kind)
  expect(Object.keys(WECHATPAY_FAULTS.notify).sort()).toEqual([...tried].sort())
})
