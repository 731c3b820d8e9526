import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestMerchant, type TestMerchant } from '../testing/test-merchant.ts'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { ALIPAY_FAULTS, type ApiFault } from './fault-kinds.ts'

let sandbox: TestSandbox
let merchant: TestMerchant

beforeEach(async () => {
  sandbox = openTestSandbox()
  merchant = openTestMerchant(sandbox)
  await merchant.pay('T1')
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const REFUND = { out_trade_no: 'T1', refund_amount: '30.00', out_request_no: 'A' }

async function refunded(): Promise<string> {
  const { body } = await sandbox.request('GET', '/api/alipay/trades/T1')
  return JSON.parse(body.toString()).refunded
}

/** What a refund's answer looks like under a fault, and whether the money moved all the same. */
const TABLE: Record<
  Exclude<ApiFault, 'says_unpaid'>,
  [looks: RegExp | 'no-answer' | 'reset' | 'half', moved: boolean]
> = {
  timeout_before: ['no-answer', false],
  timeout_after: ['no-answer', true],
  reset_before: ['reset', false],
  reset_after: ['reset', true],
  half_answer: ['half', true],
  http_500: [/^Internal Server Error$/, false],
  http_500_after: [/^Internal Server Error$/, true],
  html: [/^<!doctype html>/, false],
  unknown_before: [/"code":"20000".*"sub_code":"isp.unknow-error".*"sign":/, false],
  unknown_after: [/"code":"20000".*"sub_code":"isp.unknow-error".*"sign":/, true],
  system_error: [/"sub_code":"ACQ.SYSTEM_ERROR".*"sign":/, false],
  call_limited: [/"code":"40005".*"sign":/, false],
  slow: [/"fund_change":"Y".*"sign":/, true],
  bad_signature: [/"fund_change":"Y".*"sign":/, true],
  other_key: [/"fund_change":"Y".*"sign":/, true],
  unsigned: [/^{"alipay_trade_refund_response":{[^}]*}}$/, true],
  unsigned_not_exist: [/^{"alipay_trade_refund_response":{[^}]*TRADE_NOT_EXIST[^}]*}}$/, false],
  gbk_error: [/^{"error_response":{[^}]*}}$/, false],
  not_done: [/"code":"10000".*"fund_change":"N".*"sign":/, false],
}

describe('a refund under each fault', () => {
  test.each(Object.entries(TABLE))('%s', async (kind, [looks, moved]) => {
    sandbox.faults.add({ gateway: 'alipay', point: 'api', kind })
    const answer = await merchant.post(merchant.sign('alipay.trade.refund', REFUND))
    if (typeof looks === 'string') expect(answer.broken).toBe(looks)
    else expect(answer.body.toString()).toMatch(looks)
    expect(answer.status).toBe(kind.startsWith('http_500') ? 500 : 200)
    expect(await refunded()).toBe(moved ? '30.00' : '0.00')

    // Struck once, it is gone; asked again with the same number the refund is there once.
    const again = await merchant.call('alipay.trade.refund', REFUND)
    expect(again).toMatchObject({ fund_change: moved ? 'N' : 'Y', refund_fee: '30.00' })
  })

  test('every fault of the switchboard is in the table', () => {
    expect([...Object.keys(TABLE), 'says_unpaid'].sort()).toEqual(Object.keys(ALIPAY_FAULTS.api).sort())
  })
})

test('the lie about an unpaid trade is signed', async () => {
  sandbox.faults.add({ gateway: 'alipay', point: 'api', kind: 'says_unpaid' })
  const ask = () => merchant.call('alipay.trade.query', { out_trade_no: 'T1' })
  expect((await ask())['trade_status']).toBe('WAIT_BUYER_PAY')
  expect((await ask())['trade_status']).toBe('TRADE_SUCCESS')
})

test('GBK errors are GBK', async () => {
  sandbox.faults.add({ gateway: 'alipay', point: 'api', kind: 'gbk_error' })
  const { body } = await merchant.post(merchant.sign('alipay.trade.query', { out_trade_no: 'T1' }))
  expect(new TextDecoder('gbk').decode(Buffer.from(body))).toContain('系统繁忙')
})

test('a fault for one call and one trade waits for exactly that', async () => {
  sandbox.faults.add({
    gateway: 'alipay',
    point: 'api',
    kind: 'system_error',
    method: 'alipay.trade.refund',
    target: 'T1',
  })
  await merchant.pay('T2')
  const fine = [
    await merchant.call('alipay.trade.query', { out_trade_no: 'T1' }),
    await merchant.call('alipay.trade.refund', { ...REFUND, out_trade_no: 'T2' }),
  ]
  expect(fine.map(({ code }) => code)).toEqual(['10000', '10000'])
  const { trade_no } = fine[0] ?? {}
  const struck = await merchant.call('alipay.trade.refund', { trade_no, refund_amount: '1.00', out_request_no: 'B' })
  expect(struck['sub_code']).toBe('ACQ.SYSTEM_ERROR')
})

test('a page that a browser brings can fail as well', async () => {
  sandbox.faults.add({ gateway: 'alipay', point: 'api', kind: 'system_error', method: 'alipay.trade.page.pay' })
  expect((await merchant.visit({ out_trade_no: 'T3' })).body).toContain('ACQ.SYSTEM_ERROR')
  expect((await merchant.visit({ out_trade_no: 'T3' })).status).toBe(303)
})
