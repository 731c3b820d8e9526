import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Answer } from '../http/messages.ts'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { openWechatMerchant, type WechatMerchant } from '../testing/wechat-merchant.ts'
import { type ApiFault, WECHATPAY_FAULTS } from './fault-kinds.ts'

let sandbox: TestSandbox
let merchant: WechatMerchant

beforeEach(async () => {
  sandbox = openTestSandbox()
  merchant = openWechatMerchant(sandbox)
  await merchant.pay('ORDER001')
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const REFUNDS = '/v3/refund/domestic/refunds'
const order = (kind: ApiFault, method?: string) =>
  sandbox.faults.add({ gateway: 'wechatpay', point: 'api', kind, method })
const refund = () =>
  merchant.send('POST', REFUNDS, {
    out_trade_no: 'ORDER001',
    out_refund_no: 'R1',
    amount: { refund: 3_000, total: 10_000, currency: 'CNY' },
  })
const query = () => merchant.send('GET', `/v3/pay/transactions/out-trade-no/ORDER001?mchid=${merchant.mchid}`)

async function refunded(): Promise<string> {
  const { body } = await sandbox.request('GET', '/api/wechatpay/trades/ORDER001')
  return JSON.parse(body.toString()).refunded
}

const looks = ({ status, body, broken }: Answer): string =>
  broken ?? `${status} ${/"code":"(\w+)"/.exec(body.toString())?.[1] ?? body.toString().slice(0, 9)}`

type Tried = Exclude<
  ApiFault,
  'says_unpaid' | 'wrong_amount' | 'other_order' | 'refund_abnormal' | 'refund_closed' | 'refund_stuck'
>

/** What a refund’s answer looks like under a fault, whether its signature holds, and whether the money moved all the same. */
const TABLE: Record<Tried, [looks: string, verifies: boolean | null, moved: boolean]> = {
  timeout_before: ['no-answer', null, false],
  timeout_after: ['no-answer', null, true],
  reset_before: ['reset', null, false],
  reset_after: ['reset', null, true],
  half_answer: ['half', null, true],
  http_500: ['500 Internal ', null, false],
  http_500_after: ['500 Internal ', null, true],
  html: ['200 <!doctype', null, false],
  slow: ['200 {"amount"', true, true],
  main_host_down: ['reset', null, false],
  system_error: ['500 SYSTEM_ERROR', true, false],
  system_error_after: ['500 SYSTEM_ERROR', true, true],
  limited: ['429 FREQUENCY_LIMITED', true, false],
  limited_after: ['429 FREQUENCY_LIMITED', true, true],
  probe: ['200 {"amount"', false, true],
  bad_signature: ['200 {"amount"', false, true],
  other_key: ['200 {"amount"', false, true],
  unknown_serial: ['200 {"amount"', null, true],
  unsigned: ['200 {"amount"', null, true],
  stale: ['200 {"amount"', true, true],
  tampered: ['200 {"amount"', false, true],
  unsigned_error: ['500 SYSTEM_ERROR', null, false],
  unsigned_not_exist: ['404 ORDER_NOT_EXIST', null, false],
}

test.each(Object.entries(TABLE))('%s', async (kind, [look, verifies, moved]) => {
  order(kind as Tried)
  const answer = await refund()
  expect(looks(answer)).toBe(look)
  if (verifies !== null) expect(merchant.verifies(answer.headers, answer.body.toString())).toBe(verifies)
  expect(await refunded()).toBe(moved ? '30.00' : '0.00')
  expect(sandbox.faults.list()).toEqual([])
  // Asked again with the same number, it is done, once.
  expect((await refund()).status).toBe(200)
  expect(await refunded()).toBe('30.00')
})

test('a late answer is late by as much as was ordered', async () => {
  sandbox.faults.add({ gateway: 'wechatpay', point: 'api', kind: 'slow', value: 1_234 })
  expect((await refund()).afterMs).toBe(1_234)
})

test('another clock is another time', async () => {
  order('stale')
  expect(Number((await refund()).headers['Wechatpay-Timestamp'])).toBe(sandbox.clock.now() / 1000 - 600)
})

test('while the main address is down, the other one answers', async () => {
  sandbox.faults.add({ gateway: 'wechatpay', point: 'api', kind: 'main_host_down', times: null })
  expect((await query()).broken).toBe('reset')
  const target = `/v3/pay/transactions/out-trade-no/ORDER001?mchid=${merchant.mchid}`
  const other = { ...merchant.authorize('GET', target, ''), host: 'localhost:3220' }
  expect((await sandbox.request('GET', target, '', other)).status).toBe(200)
})

const LIES: [ApiFault, Record<string, unknown>][] = [
  ['says_unpaid', { trade_state: 'NOTPAY' }],
  ['wrong_amount', { amount: { total: 9_999 } }],
  ['other_order', { out_trade_no: 'NOBODY000001' }],
]
test.each(LIES)('%s is signed', async (kind, fields) => {
  order(kind, 'query')
  const answer = await query()
  expect(merchant.verifies(answer.headers, answer.body.toString())).toBe(true)
  const said = JSON.parse(answer.body.toString())
  expect(said).toMatchObject(fields)
  expect('transaction_id' in said).toBe(kind !== 'says_unpaid')
})

test('every fault of an answer is tried here or among the refunds', () => {
  const elsewhere = ['refund_abnormal', 'refund_closed', 'refund_stuck']
  const tried = [...Object.keys(TABLE), ...LIES.map(([kind]) => kind), ...elsewhere]
  expect(tried.sort()).toEqual(Object.keys(WECHATPAY_FAULTS.api).sort())
})

test('the codes that the documents spell in two ways', async () => {
  await sandbox.request('POST', '/api/wechatpay/settings', '{"oldSpellings":true}')
  order('limited')
  expect(looks(await query())).toBe('429 RATELIMIT_EXCEEDED')
  const absent = `/v3/pay/transactions/out-trade-no/ORDER009?mchid=${merchant.mchid}`
  expect(looks(await merchant.send('GET', absent))).toBe('404 ORDERNOTEXIST')
})
