import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { AlipaySdk } from 'alipay-sdk'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { readForm } from '../http/form.ts'
import { openTestMerchant, type TestMerchant } from '../testing/test-merchant.ts'
import { NOON, openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import type { NotifyFault } from './fault-kinds.ts'

let sandbox: TestSandbox
let merchant: TestMerchant
let client: AlipaySdk

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openTestMerchant(sandbox)
  const { appId, merchantPrivateKey, alipayPublicKey } = JSON.parse(
    readFileSync(sandbox.gateways[0]?.merchantFile ?? '', 'utf8'),
  )
  client = new AlipaySdk({ appId, privateKey: merchantPrivateKey, keyType: 'PKCS8', alipayPublicKey })
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const order = (kind: NotifyFault, value?: number, times?: number) =>
  sandbox.faults.add({ gateway: 'alipay', point: 'notify', kind, value, times })
const minutes = () => sandbox.sent.map(({ at }) => (at - NOON) / MINUTE)
const last = (): Record<string, string> => Object.fromEntries(new URLSearchParams(sandbox.sent.at(-1)?.body))
const states = () =>
  sandbox.book.all('select target, state, attempts from notifications order by rowid').map((row) => ({ ...row }))
const outcomes = () =>
  sandbox.book
    .all('select outcome, faults from deliveries order by seq')
    .map((row) => `${row['outcome']} ${row['faults']}`.trim())

describe('the retry table', () => {
  test('sends eight times in 25 hours to who never says success, and then gives up', async () => {
    sandbox.merchantSays = () => ({ status: 200, body: 'fail' })
    await merchant.pay('T1')
    await sandbox.pass(48 * HOUR)
    expect(minutes()).toEqual([0, 4, 14, 24, 84, 204, 564, 1464])
    expect(states()).toEqual([{ target: 'T1', state: 'given_up', attempts: 8n }])
  })

  test.each([
    ['200 success', 200, 'success', true],
    ['another word', 200, 'SUCCESS', false],
    ['one byte more', 200, 'success\n', false],
    ['JSON', 200, '"success"', false],
    ['201', 201, 'success', false],
    ['a redirect', 302, 'success', false],
    ['500', 500, 'success', false],
    ['nobody', null, 'ECONNREFUSED', false],
  ])('takes %s for %s', async (_, status, body, stops) => {
    sandbox.merchantSays = () => ({ status, body })
    await merchant.pay('T1')
    await sandbox.pass(5 * MINUTE)
    expect(sandbox.sent).toHaveLength(stops ? 1 : 2)
  })

  test('keeps the notification’s number over all deliveries, and signs each anew', async () => {
    sandbox.merchantSays = () => ({ status: 500, body: '' })
    await merchant.pay('T1')
    await sandbox.pass(20 * MINUTE)
    const messages = sandbox.sent.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
    expect(new Set(messages.map((message) => message['notify_id'])).size).toBe(1)
    expect(messages.map((message) => message['notify_time'])).toEqual([
      '2026-11-20 12:00:00',
      '2026-11-20 12:04:00',
      '2026-11-20 12:14:00',
    ])
    expect(messages.every((message) => client.checkNotifySignV2(message))).toBe(true)
  })

  test('runs faster by the factor', async () => {
    sandbox.pace.setFactor(60)
    sandbox.merchantSays = () => ({ status: 500, body: '' })
    await merchant.pay('T1')
    await sandbox.pass(HOUR)
    expect(sandbox.sent.map(({ at }) => (at - NOON) / 1000)).toEqual([0, 4, 14, 24, 84, 204, 564, 1464])
  })

  test('goes on after the sandbox was killed', async () => {
    sandbox.merchantSays = () => ({ status: 500, body: '' })
    await merchant.pay('T1')
    await sandbox.pass(0)
    sandbox.close()
    const again = openTestSandbox({ folder: sandbox.folder, time: sandbox.time, seed: 2 })
    await again.pass(48 * HOUR)
    expect(again.sent.map(({ at }) => (at - NOON) / MINUTE)).toEqual([4])
    sandbox = again
  })

  test('sends one again by hand, and moving the clock makes a retry due', async () => {
    await merchant.pay('T1')
    await sandbox.pass(0)
    await sandbox.request('POST', `/api/notifications/${last()['notify_id']}/resend`)
    await sandbox.pass(0)
    expect(sandbox.sent).toHaveLength(2)
  })
})

describe('what is told', () => {
  test('a payment, with amounts and times of Shanghai', async () => {
    await merchant.pay('T1', '12.30')
    await sandbox.pass(0)
    expect(last()).toMatchObject({
      notify_type: 'trade_status_sync',
      app_id: '9021000000000001',
      seller_id: '2088721000000001',
      out_trade_no: 'T1',
      trade_status: 'TRADE_SUCCESS',
      total_amount: '12.30',
      receipt_amount: '12.30',
      gmt_payment: '2026-11-20 12:00:00',
      fund_bill_list: '[{"amount":"12.30","fundChannel":"ALIPAYACCOUNT"}]',
    })
    expect(Object.keys(last())).not.toContain('refund_fee')
    expect(Object.values(last())).not.toContain('')
  })

  test('a refund in part as another success, the rest as closed, both with the sum so far', async () => {
    await merchant.pay('T1')
    for (const [yuan, number] of [
      ['30.00', 'A'],
      ['70.00', 'B'],
    ])
      await merchant.call('alipay.trade.refund', { out_trade_no: 'T1', refund_amount: yuan, out_request_no: number })
    await sandbox.pass(0)
    const told = sandbox.sent.map(({ body }) => new URLSearchParams(body))
    expect(
      told.map((message) => [message.get('trade_status'), message.get('refund_fee'), message.get('out_biz_no')]),
    ).toEqual([
      ['TRADE_SUCCESS', null, null],
      ['TRADE_SUCCESS', '30.00', 'A'],
      ['TRADE_CLOSED', '100.00', 'B'],
    ])
    expect(told[1]?.get('gmt_refund')).toMatch(/^2026-11-20 12:00:00\.\d{3}$/)
  })

  test('nothing, when the merchant left no address', async () => {
    const { headers } = await merchant.visit({ out_trade_no: 'T1' }, { notify_url: undefined })
    await sandbox.request('POST', `${headers['location']}/pay`)
    await sandbox.pass(HOUR)
    expect(sandbox.sent).toEqual([])
  })
})

describe('faults that the signature covers', () => {
  const table: [NotifyFault, Record<string, string>][] = [
    ['wrong_amount', { total_amount: '99.99' }],
    ['other_app', { app_id: '9021000000000002', auth_app_id: '9021000000000002' }],
    ['other_seller', { seller_id: '2088721000000002' }],
    ['unknown_field', { new_field_2027: '新字段 a+b=50%' }],
    ['empty_field', { body: '' }],
    ['finished', { trade_status: 'TRADE_FINISHED' }],
  ]
  test.each(table)('%s', async (kind, fields) => {
    order(kind)
    await merchant.pay('T1')
    await sandbox.pass(0)
    expect(last()).toMatchObject(fields)
    expect(client.checkNotifySignV2(last())).toBe(true)
  })

  test('another order', async () => {
    order('other_order')
    await merchant.pay('T1')
    await sandbox.pass(0)
    expect(last()['out_trade_no']).toMatch(/^NOBODY\d{12}$/)
    expect(client.checkNotifySignV2(last())).toBe(true)
  })

  test('GBK: bytes, declaration and signature', async () => {
    order('gbk')
    const { headers } = await merchant.visit({ out_trade_no: 'T1', subject: '青瓷茶壶' })
    await sandbox.request('POST', `${headers['location']}/pay`)
    await sandbox.pass(0)
    const [message] = sandbox.sent
    expect(message?.headers['content-type']).toContain('charset=GBK')
    const fields = readForm(message?.body ?? '').map(({ name, value }): [string, Buffer] => [name.toString(), value])
    expect(new TextDecoder('gbk').decode(new Map(fields).get('subject'))).toBe('青瓷茶壶')
    const text = Buffer.concat(
      fields
        .filter(([name]) => name !== 'sign' && name !== 'sign_type')
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([name, value], at) => [Buffer.from(`${at === 0 ? '' : '&'}${name}=`), value]),
    )
    expect(merchant.verifies(text, last()['sign'] ?? '')).toBe(true)
  })
})

describe('faults that the signature reveals', () => {
  test.each<NotifyFault>(['bad_signature', 'tampered', 'other_key', 'unsigned'])('%s', async (kind) => {
    order(kind)
    await merchant.pay('T1')
    await sandbox.pass(0)
    expect(client.checkNotifySignV2(last())).toBe(false)
  })

  test('SHA-1 is a right signature of the wrong kind: who follows sign_type believes it', async () => {
    order('sha1')
    await merchant.pay('T1')
    await sandbox.pass(0)
    expect(last()['sign_type']).toBe('RSA')
    expect(client.checkNotifySignV2(last())).toBe(true)
    expect(client.checkNotifySignV2({ ...last(), sign_type: 'RSA2' })).toBe(false)
  })

  test('a field stands twice', async () => {
    order('doubled_field')
    await merchant.pay('T1')
    await sandbox.pass(0)
    expect(new URLSearchParams(sandbox.sent[0]?.body).getAll('total_amount')).toEqual(['100.00', '100.01'])
  })
})

describe('faults of delivery', () => {
  test('drop loses deliveries and the table goes on; it is logged', async () => {
    order('drop', undefined, 2)
    await merchant.pay('T1')
    await sandbox.pass(HOUR)
    expect(minutes()).toEqual([14])
    expect(outcomes()).toEqual(['dropped drop', 'dropped drop', 'acknowledged'])
  })

  test('lose never sends', async () => {
    order('lose')
    await merchant.pay('T1')
    await sandbox.pass(48 * HOUR)
    expect(sandbox.sent).toEqual([])
    expect(states()).toEqual([{ target: 'T1', state: 'lost', attempts: 0n }])
  })

  test('delay', async () => {
    order('delay', 90_000)
    await merchant.pay('T1')
    await sandbox.pass(HOUR)
    expect(minutes()).toEqual([1.5])
  })

  test('repeat sends copies at once, with the same bytes', async () => {
    order('repeat', 19)
    await merchant.pay('T1')
    await sandbox.pass(HOUR)
    expect(sandbox.sent).toHaveLength(20)
    expect(new Set(sandbox.sent.map(({ body }) => createHash('sha256').update(body).digest('hex'))).size).toBe(1)
  })

  test('reorder lets the refund overtake the payment', async () => {
    order('reorder')
    await merchant.pay('T1')
    await sandbox.pass(1000)
    expect(sandbox.sent).toEqual([])
    await merchant.call('alipay.trade.refund', { out_trade_no: 'T1', refund_amount: '30.00', out_request_no: 'A' })
    await sandbox.pass(0)
    expect(sandbox.sent.map(({ body }) => new URLSearchParams(body).get('refund_fee'))).toEqual(['30.00', null])
  })

  test('reorder alone goes after a minute', async () => {
    order('reorder')
    await merchant.pay('T1')
    await sandbox.pass(HOUR)
    expect(minutes()).toEqual([1])
  })

  test('one trade’s fault leaves the others alone', async () => {
    sandbox.faults.add({ gateway: 'alipay', point: 'notify', kind: 'lose', target: 'T2', times: null })
    await merchant.pay('T1')
    await merchant.pay('T2')
    await sandbox.pass(0)
    expect(sandbox.sent.map(({ body }) => new URLSearchParams(body).get('out_trade_no'))).toEqual(['T1'])
  })
})

test('the same seed has the same story, chance included', async () => {
  const stories = []
  for (const _ of [1, 2]) {
    const one = openTestSandbox({ seed: 42 })
    const buyer = openTestMerchant(one)
    one.faults.add({ gateway: 'alipay', point: 'notify', kind: 'drop', times: null, chance: 0.5 })
    for (let number = 1; number <= 12; number++) await buyer.pay(`T${number}`)
    await one.pass(HOUR)
    stories.push(
      one.sent.map(({ at, body }) => [
        at,
        new URLSearchParams(body).get('notify_id'),
        new URLSearchParams(body).get('trade_no'),
      ]),
    )
    one.close()
  }
  expect(stories[0]).toEqual(stories[1])
  expect(new Set(stories[0]?.map(([at]) => at)).size).toBeGreaterThan(1)
})
