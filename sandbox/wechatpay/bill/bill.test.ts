import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../../testing/test-sandbox.ts'
import { openWechatMerchant, type WechatMerchant } from '../../testing/wechat-merchant.ts'
import type { BillFault } from '../fault-kinds.ts'

let sandbox: TestSandbox
let merchant: WechatMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openWechatMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const ask = (question: string) => merchant.call('GET', `/v3/bill/${question}`)

/** Two payments, and a part of the first given back. */
async function trade(): Promise<void> {
  await merchant.pay('ORDER001', 26_800)
  await sandbox.pass(MINUTE)
  await merchant.pay('ORDER002', 10_050)
  await merchant.call('POST', '/v3/refund/domestic/refunds', {
    out_trade_no: 'ORDER001',
    out_refund_no: 'R1',
    amount: { refund: 6_800, total: 26_800, currency: 'CNY' },
  })
}

async function fetchBill(question: string): Promise<{ text: string; hash: string; raw: Buffer }> {
  const { status, said } = await ask(question)
  expect(status, JSON.stringify(said)).toBe(200)
  const url = new URL(String(said['download_url']))
  const answer = await merchant.send('GET', `${url.pathname}${url.search}`)
  expect(answer.status).toBe(200)
  expect(answer.headers).not.toHaveProperty('Wechatpay-Signature')
  const raw = Buffer.from(answer.body)
  const text = (question.includes('GZIP') ? gunzipSync(raw) : raw).toString()
  return { text, raw, hash: String(said['hash_value']) }
}

const table = (text: string) => text.split('\r\n').map((line) => line.replace(/^`/, '').split(/,`|,(?!`)/))
const TRADES = 'tradebill?bill_date=2026-11-20&bill_type=ALL'
const FUNDS = 'fundflowbill?bill_date=2026-11-20'
const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

test('a day’s bill is there at ten of the next day; a day without trades has none', async () => {
  await trade()
  expect((await ask(TRADES)).said['code']).toBe('PARAM_ERROR')
  await sandbox.pass(22 * HOUR - MINUTE - 1)
  expect((await ask(TRADES)).said['code']).toBe('STATEMENT_CREATING')
  await sandbox.pass(1)
  expect((await ask(TRADES)).status).toBe(200)
  expect(await ask('tradebill?bill_date=2026-11-19')).toMatchObject({
    status: 400,
    said: { code: 'NO_STATEMENT_EXIST' },
  })
  expect((await ask('tradebill?bill_date=2026-08-01')).said['code']).toBe('PARAM_ERROR')
})

test.each([
  'tradebill',
  'tradebill?bill_date=2026-11-31',
  'tradebill?bill_date=20261120',
  'tradebill?bill_date=2026-11-20&bill_type=SOME',
  'tradebill?bill_date=2026-11-20&tar_type=ZIP',
  'tradebill?bill_date=2026-11-20&colour=green',
  'fundflowbill?bill_date=2026-11-20&account_type=SECRET',
])('%s is no question', async (question) => {
  await sandbox.pass(2 * DAY)
  expect((await ask(question)).said['code']).toBe('PARAM_ERROR')
})

test('every payment and refund is a row, the sums are right, and the hash is that of the plain bytes', async () => {
  await trade()
  await sandbox.pass(2 * DAY)
  const { text, hash, raw } = await fetchBill(`${TRADES}&tar_type=GZIP`)
  expect(raw.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]))
  expect(hash).toBe(sha1(text))
  expect(text.startsWith('\ufeff交易时间,公众账号ID,')).toBe(true)
  const [titles = [], first = [], second = [], third = [], , summary] = table(text)
  expect(titles).toHaveLength(27)
  const at = (row: string[], title: string) => row[titles.indexOf(title)]
  expect([first, second, third].map((row) => [at(row, '商户订单号'), at(row, '交易状态'), at(row, '手续费')])).toEqual([
    ['ORDER001', 'SUCCESS', '1.61000'],
    ['ORDER002', 'SUCCESS', '0.60000'],
    ['ORDER001', 'REFUND', '-0.41000'],
  ])
  expect([at(third, '退款金额'), at(third, '商户退款单号'), at(third, '退款状态')]).toEqual(['68.00', 'R1', 'SUCCESS'])
  expect(summary).toEqual(['3', '368.50', '68.00', '0.00', '1.80000', '368.50', '68.00'])
})

test('the kinds of trade bill differ in rows and columns', async () => {
  await trade()
  await sandbox.pass(2 * DAY)
  const rows = async (type: string) => table((await fetchBill(`tradebill?bill_date=2026-11-20&bill_type=${type}`)).text)
  const paid = await rows('SUCCESS')
  expect([paid[0]?.length, paid.length]).toEqual([20, 6])
  const refunded = await rows('REFUND')
  expect([refunded[0]?.length, refunded.length]).toEqual([29, 5])
  expect(refunded[0]).toContain('退款成功时间')
})

test('the fund flow has each movement with the balance after it', async () => {
  await trade()
  await sandbox.pass(2 * DAY)
  const { text, hash } = await fetchBill(FUNDS)
  expect(hash).toBe(sha1(text))
  const rows = table(text)
  expect(rows.slice(1, 7).map((row) => [row[3], row[5], row[6], row[7], row[10]])).toEqual([
    ['交易', '收入', '268.00', '268.00', 'ORDER001'],
    ['扣除交易手续费', '支出', '1.61', '266.39', 'ORDER001'],
    ['交易', '收入', '100.50', '366.89', 'ORDER002'],
    ['扣除交易手续费', '支出', '0.60', '366.29', 'ORDER002'],
    ['退款', '支出', '68.00', '298.29', 'R1'],
    ['退还手续费', '收入', '0.41', '298.70', 'R1'],
  ])
  expect(rows[8]).toEqual(['6', '3', '368.91', '3', '70.21'])
  expect((await ask(`${FUNDS}&account_type=FEES`)).said['code']).toBe('NO_STATEMENT_EXIST')
})

test('an address is good for five minutes, and only for who signs', async () => {
  await trade()
  await sandbox.pass(2 * DAY)
  const { said } = await ask(TRADES)
  const url = new URL(String(said['download_url']))
  const target = `${url.pathname}${url.search}`
  expect((await sandbox.request('GET', target, '', { accept: '*/*', 'user-agent': 'curl' })).status).toBe(401)
  await sandbox.pass(5 * MINUTE)
  expect((await merchant.send('GET', target)).status).toBe(200)
  await sandbox.pass(1)
  expect((await merchant.send('GET', target)).status).toBe(404)
})

describe('planted differences', () => {
  const count = (text: string) => table(text).length - 4
  const planted: [BillFault, (text: string) => unknown, unknown][] = [
    ['missing_row', count, 2],
    ['extra_row', (text) => [count(text), table(text)[4]?.[6]], [4, 'NOBODY000001']],
    ['doubled_row', (text) => [count(text), text.split('ORDER001').length], [4, 4]],
    ['wrong_amount', (text) => table(text)[1]?.[12], '268.01'],
    ['wrong_fee', (text) => table(text)[1]?.[22], '1.62000'],
    ['wrong_footer', (text) => table(text)[5]?.[0], '4'],
    ['other_merchant', (text) => table(text)[1]?.[2], '1900000209'],
    ['cut', (text) => text.includes('总交易单数'), false],
  ]
  test.each(planted)('%s', async (kind, look, expected) => {
    await trade()
    await sandbox.pass(2 * DAY)
    sandbox.faults.add({ gateway: 'wechatpay', point: 'bill', kind })
    const { text, hash } = await fetchBill(TRADES)
    expect(look(text)).toEqual(expected)
    expect(hash === sha1(text)).toBe(kind !== 'cut')
  })

  test('wrong_hash', async () => {
    await trade()
    await sandbox.pass(2 * DAY)
    sandbox.faults.add({ gateway: 'wechatpay', point: 'bill', kind: 'wrong_hash' })
    const { text, hash } = await fetchBill(TRADES)
    expect(hash).not.toBe(sha1(text))
  })
})
