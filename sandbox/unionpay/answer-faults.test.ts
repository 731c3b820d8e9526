import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import {
  BACK_URL,
  openUnionpayMerchant,
  readLine,
  type Told,
  type UnionpayMerchant,
} from '../testing/unionpay-merchant.ts'
import { type ApiFault, UNIONPAY_FAULTS } from './fault-kinds.ts'

let sandbox: TestSandbox
let merchant: UnionpayMerchant
let origQryId: string

beforeEach(async () => {
  sandbox = openTestSandbox()
  merchant = openUnionpayMerchant(sandbox)
  await merchant.pay(ORDER)
  origQryId = (await merchant.query(ORDER))['queryId'] ?? ''
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const ORDER = 'ORDER0001'
const refund = () =>
  merchant.post(
    '/gateway/api/backTransReq.do',
    merchant.sign({
      txnType: '04',
      txnSubType: '00',
      bizType: '000201',
      channelType: '07',
      orderId: 'REFUND0001',
      origQryId,
      txnAmt: '3000',
      currencyCode: '156',
      backUrl: BACK_URL,
    }),
  )
const returned = async () =>
  JSON.parse((await sandbox.request('GET', `/api/unionpay/trades/${ORDER}`)).body.toString()).returned

/** What a refund's answer looks like under a fault, what a careful merchant says of it, and whether it was taken all the same. */
type Looks = 'no-answer' | 'reset' | 'half' | 'text' | readonly [judged: string, told: Told]
const GOOD = { respCode: '00', orderId: 'REFUND0001' }
const TABLE: Record<Exclude<ApiFault, 'says_not_found' | 'says_unknown'>, [looks: Looks, taken: boolean]> = {
  timeout_before: ['no-answer', false],
  timeout_after: ['no-answer', true],
  reset_before: ['reset', false],
  reset_after: ['reset', true],
  half_answer: ['half', true],
  http_500: ['text', false],
  http_500_after: ['text', true],
  html: ['text', false],
  slow: [['good', GOOD], true],
  timed_out_before: [['good', { respCode: '03' }], false],
  timed_out_after: [['good', { respCode: '03' }], true],
  unknown_after: [['good', { respCode: '04' }], true],
  closed: [['good', { respCode: '02' }], false],
  busy: [['good', { respCode: '06' }], false],
  unsigned_not_found: [['unsigned', { respCode: '34' }], false],
  not_done: [['good', GOOD], false],
  bad_signature: [['wrong signature', GOOD], true],
  tampered: [['wrong signature', { txnAmt: '3001' }], true],
  unsigned: [['unsigned', GOOD], true],
  other_key: [['wrong signature', GOOD], true],
  swapped_certificate: [['another name', GOOD], true],
  foreign_certificate: [['another chain', GOOD], true],
  wrong_name: [['another name', GOOD], true],
  expired_certificate: [['expired', GOOD], true],
  future_certificate: [['not valid yet', GOOD], true],
  line_ends: [['wrong signature', GOOD], true],
  sha1: [['another version', GOOD], true],
  doubled_field: [['wrong signature', { respCode: '01' }], true],
  unknown_field: [['good', { ...GOOD, newField2027: '新字段 a+b=50%' }], true],
  empty_field: [['good', { ...GOOD, reserved: '' }], true],
  gbk: [['wrong signature', { encoding: 'GBK' }], true],
  other_merchant: [['good', { merId: '777290000000002' }], true],
  other_order: [['good', { respCode: '00' }], true],
  wrong_amount: [['good', { txnAmt: '2999' }], true],
  // The answer to a refund names no currency; the one to a query does.
  other_currency: [['good', GOOD], true],
}

describe('a refund under each fault', () => {
  test.each(Object.entries(TABLE))('%s', async (kind, [looks, taken]) => {
    sandbox.faults.add({ gateway: 'unionpay', point: 'api', kind })
    const answer = await refund()
    if (looks === 'no-answer' || looks === 'reset' || looks === 'half') expect(answer.broken).toBe(looks)
    else if (looks === 'text') expect(answer.body.toString()).toMatch(/^Internal Server Error$|^<!doctype html>/)
    else {
      const told = readLine(answer.body)
      expect(told).toMatchObject(looks[1])
      expect(merchant.judge(told)).toBe(looks[0])
    }
    expect(await returned()).toBe(taken ? '30.00' : '0.00')

    // Struck once, it is gone; asked again with the same number the refund is there once.
    expect(readLine((await refund()).body)['respCode']).toBe(taken ? '12' : '00')
    expect(await returned()).toBe('30.00')
  })

  test('every fault of the switchboard is in the table', () => {
    const lies = ['says_not_found', 'says_unknown']
    expect([...Object.keys(TABLE), ...lies].sort()).toEqual(Object.keys(UNIONPAY_FAULTS.api).sort())
  })
})

test.each([
  ['says_not_found', { respCode: '34' }],
  ['says_unknown', { respCode: '00', origRespCode: '04' }],
  ['other_currency', { currencyCode: '840' }],
] as const)('%s is a lie that is signed, told once', async (kind, told) => {
  sandbox.faults.add({ gateway: 'unionpay', point: 'api', kind })
  expect(await merchant.query(ORDER)).toMatchObject(told)
  expect(await merchant.query(ORDER)).toMatchObject({ respCode: '00', origRespCode: '00', settleAmt: '10000' })
})

test('a refund that was accepted and never done is unknown to a query', async () => {
  sandbox.faults.add({ gateway: 'unionpay', point: 'api', kind: 'not_done' })
  expect(readLine((await refund()).body)['respCode']).toBe('00')
  expect((await merchant.query('REFUND0001'))['respCode']).toBe('34')
})

test('a fault for one call and one order waits for exactly that', async () => {
  await merchant.pay('ORDER0002')
  sandbox.faults.add({ gateway: 'unionpay', point: 'api', kind: 'busy', method: 'query', target: ORDER })
  expect((await merchant.query('ORDER0002'))['respCode']).toBe('00')
  expect(readLine((await refund()).body)['respCode']).toBe('00')
  expect((await merchant.query(ORDER))['respCode']).toBe('06')
})

test('a page that a browser brings can fail as well', async () => {
  for (const [kind, shows] of [
    ['closed', 'respCode 02'],
    ['http_500', 'Internal Server Error'],
  ] as const) {
    sandbox.faults.add({ gateway: 'unionpay', point: 'api', kind, method: 'pay' })
    expect((await merchant.visit('ORDER0003')).body).toContain(shows)
  }
  expect((await merchant.visit('ORDER0003')).status).toBe(303)
})
