import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { NOON, openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import {
  CARDS,
  cardFields,
  compact,
  openUnionpayMerchant,
  SLOW_CARD,
  type UnionpayMerchant,
} from '../testing/unionpay-merchant.ts'

let sandbox: TestSandbox
let merchant: UnionpayMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openUnionpayMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const ORDER = 'ORDER0001'
const MINUTE = 60_000
const answers = async () => {
  const { respCode, origRespCode } = await merchant.query(ORDER)
  return [respCode, origRespCode]
}
const book = async (path = '') => JSON.parse((await sandbox.request('GET', `/api/unionpay${path}`)).body.toString())
const act = (verb: string) => sandbox.request('POST', `/api/unionpay/trades/${ORDER}/${verb}`)

describe('what a query says', () => {
  test('before anybody has heard of it, and while the buyer looks at the cashier: 34', async () => {
    expect(await answers()).toEqual(['34', undefined])
    await merchant.visit(ORDER)
    expect(await answers()).toEqual(['34', undefined])
  })

  test('of a card that was refused: the answer of the bank, and 00 once another card has paid', async () => {
    await merchant.pay(ORDER, {}, CARDS.refuses)
    expect(await answers()).toEqual(['00', '64'])
    await merchant.pay(ORDER)
    expect(await answers()).toEqual(['00', '00'])
  })

  test('of a payment: everything that was seen in a real answer', async () => {
    await merchant.pay(ORDER, { reqReserved: '{a=1&b=2}' })
    const { accNo, signature, signPubKeyCert, queryId, ...told } = await merchant.query(ORDER)
    expect(told).toEqual({
      accessType: '0',
      bizType: '000000',
      currencyCode: '156',
      encoding: 'UTF-8',
      issuerIdentifyMode: '0',
      merId: merchant.merId,
      orderId: ORDER,
      origRespCode: '00',
      origRespMsg: '成功[0000000]',
      reqReserved: '{a=1&b=2}',
      respCode: '00',
      respMsg: '成功[0000000]',
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
    expect(queryId).toMatch(/^\d\d2611201200000000018$/)
    expect(Buffer.from(accNo ?? '', 'base64')).toHaveLength(256)
  })

  test('of a bank that is slow: 05, and then 00', async () => {
    await merchant.pay(ORDER, {}, SLOW_CARD)
    expect(await answers()).toEqual(['00', '05'])
    await sandbox.pass(MINUTE)
    expect(await answers()).toEqual(['00', '00'])
    expect(sandbox.sent).toHaveLength(1)
  })

  test('needs the number and the time: either alone is another order', async () => {
    await merchant.pay(ORDER)
    expect((await merchant.query(ORDER, compact(NOON + 1000)))['respCode']).toBe('34')
    expect((await merchant.query('ORDER0002', compact(NOON)))['respCode']).toBe('34')
  })
})

describe('the same number and time again', () => {
  test('an order that is unpaid and unchanged opens the same cashier', async () => {
    const places = [await merchant.visit(ORDER), await merchant.visit(ORDER)].map(({ headers }) => headers['location'])
    expect(places[0]).toMatch(/\/unionpay\/[a-z0-9]{24}$/)
    expect(places[1]).toBe(places[0])
  })

  test.each<[what: string, changes: Record<string, string>]>([
    ['another amount', { txnAmt: '9999' }],
    ['another address', { backUrl: 'https://shop.example/other' }],
  ])('with %s is a repeat', async (_, changes) => {
    await merchant.visit(ORDER)
    expect((await merchant.visit(ORDER, changes)).body).toContain('respCode 12')
  })

  test('a paid order is a repeat', async () => {
    await merchant.pay(ORDER)
    expect((await merchant.visit(ORDER)).body).toContain('重复交易[2010002]')
  })

  test('every repeat is, when the gateway is told to be that strict', async () => {
    await sandbox.request('POST', '/api/unionpay/settings', '{"reopensUnpaid":false}')
    await merchant.visit(ORDER)
    expect((await merchant.visit(ORDER)).body).toContain('respCode 12')
  })

  test('at another time it is another order', async () => {
    await merchant.pay(ORDER)
    expect((await merchant.visit(ORDER, { txnTime: compact(NOON + 1000) })).status).toBe(303)
  })
})

describe('time', () => {
  test('after payTimeout nobody can pay, and the query says 34 again', async () => {
    const { headers } = await merchant.visit(ORDER, { payTimeout: compact(NOON + 15 * MINUTE) })
    await sandbox.pass(15 * MINUTE)
    await sandbox.request('POST', `${headers['location']}/pay`, cardFields(CARDS.pays))
    expect(await answers()).toEqual(['34', undefined])
    expect((await book(`/trades/${ORDER}`)).status).toBe('expired')
    expect(sandbox.sent).toEqual([])
  })

  test('a second before, one can', async () => {
    const { headers } = await merchant.visit(ORDER, { payTimeout: compact(NOON + 15 * MINUTE) })
    await sandbox.pass(15 * MINUTE - 1000)
    await sandbox.request('POST', `${headers['location']}/pay`, cardFields(CARDS.pays))
    expect(await answers()).toEqual(['00', '00'])
  })

  test.each([
    ['22:59:59', '1120'],
    ['23:00:00', '1121'],
    ['23:30:00', '1121'],
  ])('what is paid at %s is settled on %s', async (time, settleDate) => {
    sandbox.time.now = Date.parse(`2026-11-20T${time}+08:00`)
    await merchant.pay(ORDER)
    expect(await merchant.query(ORDER)).toMatchObject({ settleDate, traceTime: `1120${time.replaceAll(':', '')}` })
  })

  test('the last settlement day of the year is the first of the next', async () => {
    sandbox.time.now = Date.parse('2026-12-31T23:00:00+08:00')
    await merchant.pay(ORDER)
    expect(await merchant.query(ORDER)).toMatchObject({ settleDate: '0101' })
  })
})

describe('the switchboard', () => {
  test.each([
    ['pay', 'succeeded', ['00', '00']],
    ['fail', 'failed', ['00', '01']],
    ['expire', 'expired', ['34', undefined]],
  ])('%s makes an order that waits %s', async (verb, status, said) => {
    await merchant.visit(ORDER)
    expect(JSON.parse((await act(verb)).body.toString())).toMatchObject({ status })
    expect(await answers()).toEqual(said)
    expect((await act('pay')).status).toBe(409)
  })

  test('lets money arrive after the time to pay is over, once', async () => {
    await merchant.visit(ORDER)
    expect((await act('pay-late')).status).toBe(409)
    await act('expire')
    expect((await act('pay-late')).status).toBe(200)
    expect(await answers()).toEqual(['00', '00'])
    await sandbox.pass(0)
    expect(sandbox.sent).toHaveLength(1)
    expect((await act('pay-late')).status).toBe(409)
  })

  test('shows the book with every payment and what was given back', async () => {
    await merchant.pay(ORDER)
    await merchant.giveBack('04', 'REFUND0001', ORDER, '2500')
    expect(await book('/book')).toMatchObject({
      trades: [{ order_id: ORDER, status: 'succeeded', amount: '100.00', returned: '25.00', returns: [{}] }],
    })
    expect(sandbox.gateways.find(({ name }) => name === 'unionpay')?.recentTrades(10)).toMatchObject([
      { target: 'REFUND0001', status: 'refund pending', acts: ['execute', 'fail'] },
      { target: ORDER, status: 'payment succeeded', refunded: '25.00', acts: [] },
    ])
    expect((await book('/calls'))[0]).toMatchObject({ method: 'refund', target: ORDER, answered: '00' })
  })

  test('an order that nobody brought does not exist', async () => {
    expect((await act('pay')).status).toBe(404)
    expect((await sandbox.request('POST', '/api/unionpay/settings', '{"feePerTenThousand":-1}')).status).toBe(422)
  })
})
