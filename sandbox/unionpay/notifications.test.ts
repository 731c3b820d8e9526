import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { readForm } from '../http/form.ts'
import { NOON, openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { openUnionpayMerchant, type Told, type UnionpayMerchant } from '../testing/unionpay-merchant.ts'
import { type NotifyFault, UNIONPAY_FAULTS } from './fault-kinds.ts'

let sandbox: TestSandbox
let merchant: UnionpayMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openUnionpayMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const ORDER = 'ORDER0001'
const [MINUTE, HOUR] = [60_000, 3_600_000]
const last = (): Told => Object.fromEntries(new URLSearchParams(sandbox.sent.at(-1)?.body))
const minutes = () => sandbox.sent.map(({ at }) => (at - NOON) / MINUTE)
const order = (kind: NotifyFault, value?: number) =>
  sandbox.faults.add({ gateway: 'unionpay', point: 'notify', kind, value })

describe('a payment is told', () => {
  test('with the fields of a real notification, as a form that is encoded once', async () => {
    await merchant.pay(ORDER, { reqReserved: 'a+b=50% 茶' })
    await sandbox.pass(0)
    const { accNo, queryId, signature, signPubKeyCert, ...told } = last()
    expect(told).toEqual({
      accessType: '0',
      bizType: '000201',
      currencyCode: '156',
      encoding: 'UTF-8',
      exchangeRate: '0',
      merId: merchant.merId,
      orderId: ORDER,
      reqReserved: 'a+b=50% 茶',
      respCode: '00',
      respMsg: 'success',
      settleAmt: '10000',
      settleCurrencyCode: '156',
      settleDate: '1120',
      signMethod: '01',
      traceNo: '000001',
      traceTime: '1120120000',
      txnAmt: '10000',
      txnSubType: '01',
      txnTime: '20261120120000',
      txnType: '01',
      version: '5.1.0',
    })
    expect(signPubKeyCert).toMatch(/^-----BEGIN CERTIFICATE-----\r\n([\w+/=]{1,64}\r\n)+-----END CERTIFICATE-----$/)
    expect(merchant.judge(last())).toBe('good')
    expect(sandbox.sent[0]).toMatchObject({
      url: 'https://shop.example/api/notify/unionpay',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
      answerWithinMs: 10_000,
    })
  })

  test('five times at most, after 1, 2, 4 and 5 minutes, with the same content', async () => {
    sandbox.merchantSays = () => ({ status: 500, body: '' })
    await merchant.pay(ORDER)
    await sandbox.pass(48 * HOUR)
    expect(minutes()).toEqual([0, 1, 3, 7, 12])
    expect(new Set(sandbox.sent.map(({ body }) => body)).size).toBe(1)
  })

  test.each([
    [200, '', true],
    [200, 'fail', true],
    [201, 'ok', false],
    [302, 'ok', false],
    [404, 'ok', false],
    [null, 'time-out', false],
  ])('HTTP %s with “%s” ends it: %s', async (status, body, ends) => {
    sandbox.merchantSays = () => ({ status, body })
    await merchant.pay(ORDER)
    await sandbox.pass(MINUTE)
    expect(sandbox.sent).toHaveLength(ends ? 1 : 2)
  })

  test('faster by the factor', async () => {
    sandbox.pace.setFactor(60)
    sandbox.merchantSays = () => ({ status: 500, body: '' })
    await merchant.pay(ORDER)
    await sandbox.pass(HOUR)
    expect(sandbox.sent.map(({ at }) => (at - NOON) / 1000)).toEqual([0, 1, 3, 7, 12])
  })

  test('and a failure is not', async () => {
    await merchant.pay(ORDER, {}, '6216261000000000026')
    await sandbox.request('POST', `/api/unionpay/trades/${ORDER}/fail`)
    await sandbox.pass(HOUR)
    expect(sandbox.sent).toEqual([])
  })
})

/** What a careful merchant says of the message, and what it reads in it. */
const TABLE: Record<Exclude<NotifyFault, DeliveryFault>, [judged: string, told: Told]> = {
  flawed: ['good', { respCode: 'A6' }],
  failed: ['good', { respCode: '01' }],
  discount: ['good', { txnAmt: '10000', settleAmt: '9900' }],
  wrong_amount: ['good', { txnAmt: '9999' }],
  other_currency: ['good', { currencyCode: '840' }],
  other_merchant: ['good', { merId: '777290000000002' }],
  other_order: ['good', {}],
  unknown_field: ['good', { newField2027: '新字段 a+b=50%' }],
  empty_field: ['good', { reserved: '' }],
  bad_signature: ['wrong signature', {}],
  tampered: ['wrong signature', { txnAmt: '10001' }],
  unsigned: ['unsigned', {}],
  other_key: ['wrong signature', {}],
  swapped_certificate: ['another name', {}],
  foreign_certificate: ['another chain', {}],
  wrong_name: ['another name', {}],
  expired_certificate: ['expired', {}],
  future_certificate: ['not valid yet', {}],
  line_ends: ['wrong signature', {}],
  blank_for_plus: ['another chain', {}],
  sha1: ['another version', { version: '5.0.0' }],
  doubled_field: ['wrong signature', { respCode: '01' }],
  gbk: ['wrong signature', { encoding: 'GBK' }],
}
type DeliveryFault = 'drop' | 'lose' | 'delay' | 'repeat' | 'reorder'

describe('under each fault', () => {
  test.each(Object.entries(TABLE))('%s', async (kind, [judged, told]) => {
    sandbox.faults.add({ gateway: 'unionpay', point: 'notify', kind })
    await merchant.pay(ORDER, { reqReserved: '茶壶' })
    await sandbox.pass(0)
    expect(last()).toMatchObject(told)
    if (kind === 'other_order') expect(last()['orderId']).toMatch(/^NOBODY\d{12}$/)
    expect(judgeOrRefuse(last())).toBe(judged)

    // Struck once, it is gone.
    await sandbox.request('POST', `/api/notifications/${notificationId()}/resend`)
    await sandbox.pass(0)
    expect(merchant.judge(last())).toBe('good')
  })

  test('every fault of the switchboard is in the table', () => {
    const delivery = ['drop', 'lose', 'delay', 'repeat', 'reorder']
    expect([...Object.keys(TABLE), ...delivery].sort()).toEqual(Object.keys(UNIONPAY_FAULTS.notify).sort())
  })

  test('GBK is right in its own bytes', async () => {
    order('gbk')
    await merchant.pay(ORDER, { reqReserved: '茶壶' })
    await sandbox.pass(0)
    expect(sandbox.sent[0]?.headers['content-type']).toContain('GBK')
    const told = new Map(readForm(sandbox.sent[0]?.body ?? '').map(({ name, value }) => [name.toString(), value]))
    expect(new TextDecoder('gbk').decode(told.get('reqReserved'))).toBe('茶壶')
  })
})

/** Text that is no certificate any more is as good as a foreign one. */
function judgeOrRefuse(told: Told): string {
  try {
    return merchant.judge(told)
  } catch {
    return 'another chain'
  }
}

const notificationId = () => {
  const row = sandbox.book.get('select id from notifications limit 1')
  return String(row?.['id'])
}

describe('delivery', () => {
  test('a fault of one order leaves the others alone, and strikes what is told of its refunds', async () => {
    sandbox.faults.add({ gateway: 'unionpay', point: 'notify', kind: 'lose', target: ORDER, times: null })
    await merchant.pay(ORDER)
    await merchant.pay('ORDER0002')
    await merchant.giveBack('04', 'REFUND0001', ORDER, '4000')
    await sandbox.pass(HOUR)
    expect(sandbox.sent.map(({ body }) => new URLSearchParams(body).get('orderId'))).toEqual(['ORDER0002'])
  })

  test('drop, delay, repeat and reorder', async () => {
    order('drop')
    order('repeat', 4)
    await merchant.pay(ORDER)
    await sandbox.pass(0)
    expect(sandbox.sent).toEqual([])
    order('reorder')
    await merchant.pay('ORDER0002')
    await sandbox.pass(MINUTE)
    expect(sandbox.sent.map(({ body }) => new URLSearchParams(body).get('orderId'))).toEqual([ORDER, 'ORDER0002'])
    order('delay', 90_000)
    await merchant.pay('ORDER0003')
    await sandbox.pass(HOUR)
    expect(minutes()).toEqual([1, 1, 2.5])
  })
})

test('a rotated certificate signs from then on, under the same authority', async () => {
  await merchant.pay(ORDER)
  await sandbox.pass(0)
  const before = last()['signPubKeyCert']
  await sandbox.request('POST', '/api/unionpay/rotate-certificate')
  await merchant.pay('ORDER0002')
  await sandbox.pass(0)
  const rotated = last()['signPubKeyCert']
  expect(rotated).not.toBe(before)
  expect(merchant.judge(last())).toBe('good')

  sandbox.close()
  sandbox = openTestSandbox({ folder: sandbox.folder, time: sandbox.time, seed: 2 })
  const again = openUnionpayMerchant(sandbox)
  await again.pay('ORDER0003')
  await sandbox.pass(0)
  expect(last()['signPubKeyCert']).toBe(rotated)
})

test('at a clock of 2028 what is signed is still good', async () => {
  sandbox.time.now = Date.parse('2028-02-29T12:00:00+08:00')
  await merchant.pay(ORDER)
  await sandbox.pass(0)
  expect(last()).toMatchObject({ settleDate: '0229' })
  expect(merchant.judge(last())).toBe('good')
})
