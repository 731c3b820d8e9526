import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { openUnionpayMerchant, type UnionpayMerchant } from '../testing/unionpay-merchant.ts'

let sandbox: TestSandbox
let merchant: UnionpayMerchant

beforeEach(async () => {
  sandbox = openTestSandbox()
  merchant = openUnionpayMerchant(sandbox)
  await merchant.pay(ORDER)
  await sandbox.pass(0)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const ORDER = 'ORDER0001'
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000]
const [REFUND, CANCEL] = ['04', '31']
const respCode = async (...order: Parameters<UnionpayMerchant['giveBack']>) =>
  (await merchant.giveBack(...order))['respCode']
const origRespCode = async (orderId: string) => (await merchant.query(orderId))['origRespCode']
const act = (orderId: string, verb: string) => sandbox.request('POST', `/api/unionpay/trades/${orderId}/${verb}`)

describe('a refund', () => {
  test('is accepted with 00, told as 05 until it is executed, and then notified', async () => {
    expect(await merchant.giveBack(REFUND, 'REFUND0001', ORDER, '4000')).toMatchObject({
      respCode: '00',
      txnType: '04',
      origQryId: (await merchant.query(ORDER))['queryId'],
    })
    expect(await origRespCode('REFUND0001')).toBe('05')
    expect(sandbox.sent).toHaveLength(1)
    await sandbox.pass(5 * MINUTE)
    expect(await origRespCode('REFUND0001')).toBe('00')
    expect(Object.fromEntries(new URLSearchParams(sandbox.sent[1]?.body))).toMatchObject({
      txnType: '04',
      orderId: 'REFUND0001',
      txnAmt: '4000',
      respCode: '00',
    })
  })

  test('waits for the switchboard when it is told to', async () => {
    await sandbox.request('POST', '/api/unionpay/settings', '{"refundTakesMs":null}')
    await merchant.giveBack(REFUND, 'REFUND0001', ORDER, '4000')
    await merchant.giveBack(REFUND, 'REFUND0002', ORDER, '6000')
    await sandbox.pass(30 * DAY)
    expect(await origRespCode('REFUND0001')).toBe('05')
    await act('REFUND0001', 'execute')
    await act('REFUND0002', 'fail')
    expect([await origRespCode('REFUND0001'), await origRespCode('REFUND0002')]).toEqual(['00', '01'])
    await sandbox.pass(0)
    expect(sandbox.sent.map(({ body }) => new URLSearchParams(body).get('orderId'))).toEqual([ORDER, 'REFUND0001'])
  })

  test('in parts until nothing is left; what failed may be asked for again', async () => {
    expect(await respCode(REFUND, 'REFUND0001', ORDER, '4000')).toBe('00')
    expect(await respCode(REFUND, 'REFUND0002', ORDER, '6001')).toBe('36')
    expect(await respCode(REFUND, 'REFUND0003', ORDER, '6000')).toBe('00')
    expect(await respCode(REFUND, 'REFUND0004', ORDER, '1')).toBe('36')
    await act('REFUND0003', 'fail')
    expect(await respCode(REFUND, 'REFUND0005', ORDER, '6000')).toBe('00')
  })

  test('with the same number and time is a repeat, whatever it asks; with a new number it is paid out again', async () => {
    expect(await respCode(REFUND, 'REFUND0001', ORDER, '4000')).toBe('00')
    expect(await respCode(REFUND, 'REFUND0001', ORDER, '4000')).toBe('12')
    expect(await respCode(REFUND, 'REFUND0001', ORDER, '1000')).toBe('12')
    expect(await respCode(REFUND, 'REFUND0002', ORDER, '4000')).toBe('00')
  })

  test('of a payment’s own number and time is a repeat as well', async () => {
    expect(await respCode(REFUND, ORDER, ORDER, '4000', { txnTime: '20261120120000' })).toBe('12')
  })

  test.each<[what: string, changes: Record<string, string | undefined>, code: string]>([
    ['of nothing that was paid', { origQryId: '992611201200000000018' }, '35'],
    ['without the payment’s number', { origQryId: undefined }, '13'],
    ['with a payment’s number of 20 digits', { origQryId: '99261120120000000001' }, '10'],
    ['without an amount', { txnAmt: undefined }, '13'],
    ['in yuan', { txnAmt: '40.00' }, '10'],
    ['without an address to tell', { backUrl: undefined }, '13'],
    ['in another currency', { currencyCode: '840' }, '10'],
    ['a day late', { txnTime: '20261119120000' }, '39'],
    ['without a currency, as public clients send it', { currencyCode: undefined, bizType: '000000' }, '00'],
  ])('%s: %j is answered %s', async (_, changes, code) => {
    expect(await respCode(REFUND, 'REFUND0001', ORDER, '4000', changes)).toBe(code)
  })

  test('of an order that waits for its buyer', async () => {
    await merchant.pay('ORDER0002', {}, '6216261000000000026')
    expect(await respCode(REFUND, 'REFUND0001', 'ORDER0002', '4000')).toBe('35')
  })

  test('of a refund', async () => {
    await merchant.giveBack(REFUND, 'REFUND0001', ORDER, '4000')
    expect(await respCode(REFUND, 'REFUND0002', 'REFUND0001', '4000')).toBe('35')
  })

  test.each([
    [330 * DAY, '00'],
    [331 * DAY, '39'],
  ])('%i ms after the payment is answered %s', async (later, code) => {
    await sandbox.pass(later)
    expect(await respCode(REFUND, 'REFUND0001', ORDER, '4000')).toBe(code)
  })
})

describe('a cancel', () => {
  test('gives back the whole payment on its settlement day, which then can’t be refunded', async () => {
    expect(await respCode(CANCEL, 'CANCEL0001', ORDER, '10000')).toBe('00')
    expect(await respCode(REFUND, 'REFUND0001', ORDER, '1')).toBe('35')
    await sandbox.pass(5 * MINUTE)
    expect(await origRespCode('CANCEL0001')).toBe('00')
    expect(new URLSearchParams(sandbox.sent[1]?.body).get('txnType')).toBe('31')
  })

  test('that failed leaves the payment to be refunded', async () => {
    await merchant.giveBack(CANCEL, 'CANCEL0001', ORDER, '10000')
    await act('CANCEL0001', 'fail')
    expect(await respCode(REFUND, 'REFUND0001', ORDER, '10000')).toBe('00')
  })

  test('of a part is refused, and so is one after a refund', async () => {
    expect(await respCode(CANCEL, 'CANCEL0001', ORDER, '9999')).toBe('36')
    await merchant.giveBack(REFUND, 'REFUND0001', ORDER, '1')
    expect(await respCode(CANCEL, 'CANCEL0002', ORDER, '10000')).toBe('35')
  })

  test.each([
    ['22:59:59 of the day', 11 * HOUR - 1000, '00'],
    ['23:00:00', 11 * HOUR, '35'],
    ['noon of the next day', 24 * HOUR, '35'],
  ])('at %s is answered as the settlement day has it', async (_, later, code) => {
    await sandbox.pass(later)
    expect(await respCode(CANCEL, 'CANCEL0001', ORDER, '10000')).toBe(code)
    // What can no longer be cancelled can be refunded.
    if (code === '35') expect(await respCode(REFUND, 'REFUND0001', ORDER, '10000')).toBe('00')
  })

  test('of a payment after 23:00 is possible past midnight: it is one settlement day', async () => {
    await sandbox.pass(11 * HOUR + 30 * MINUTE)
    await merchant.pay('ORDER0002')
    await sandbox.pass(HOUR)
    expect(await respCode(CANCEL, 'CANCEL0001', 'ORDER0002', '10000')).toBe('00')
  })
})

test('the encryption certificate is handed out', async () => {
  const told = await merchant.call('/gateway/api/backTransReq.do', {
    txnType: '95',
    txnSubType: '00',
    bizType: '000000',
    channelType: '07',
    certType: '01',
    orderId: 'CERTIFICATE1',
  })
  expect(told).toMatchObject({ respCode: '00', certType: '01' })
  expect(told['encryptPubKeyCert']).toMatch(/^-----BEGIN CERTIFICATE-----\n/)
})
