import fc from 'fast-check'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NOON, openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { compact, openUnionpayMerchant, readLine, type UnionpayMerchant } from '../testing/unionpay-merchant.ts'

let sandbox: TestSandbox
let merchant: UnionpayMerchant

beforeAll(() => {
  sandbox = openTestSandbox()
  merchant = openUnionpayMerchant(sandbox)
})
afterAll(() => {
  sandbox.close()
  removeTestFolders()
})

const [FRONT, BACK, QUERY] = [
  '/gateway/api/frontTransReq.do',
  '/gateway/api/backTransReq.do',
  '/gateway/api/queryTrans.do',
]
const MINUTE = 60_000
const QUESTION = { txnType: '00', txnSubType: '00', bizType: '000000', orderId: 'ORDER0001' }
const code = async (path: string, fields: Record<string, string>) =>
  readLine((await merchant.post(path, fields)).body)['respCode']
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

describe('what every request must carry, rightly signed and yet not right', () => {
  const table: [what: string, changes: Record<string, string | undefined>, respCode: string][] = [
    ['version 5.0.0', { version: '5.0.0' }, '10'],
    ['no version', { version: undefined }, '13'],
    ['a charset nobody has', { encoding: 'latin1' }, '10'],
    ['no encoding', { encoding: undefined }, '13'],
    ['signMethod 11, a shared key', { signMethod: '11' }, '10'],
    ['signMethod 12, SM3', { signMethod: '12' }, '10'],
    ['no certId', { certId: undefined }, '13'],
    ['certId in hexadecimal', { certId: '43C0FFEE01' }, '10'],
    ['certId with a leading zero', { certId: '0123456789' }, '10'],
    ['the certId of another certificate', { certId: '69903319369' }, '11'],
    ['another merchant', { merId: '777290000000009' }, '31'],
    ['a merchant number of 14 digits', { merId: '77729000000000' }, '10'],
    ['through an acquirer', { accessType: '1' }, '10'],
    ['a day that no month has', { txnTime: '20261131120000' }, '10'],
    ['a time with dashes', { txnTime: '2026-11-20 12:00' }, '10'],
    ['no number', { orderId: undefined }, '13'],
    ['a number of seven characters', { orderId: 'ORDER01' }, '10'],
    ['a number of 41 characters', { orderId: 'A'.repeat(41) }, '10'],
    ['a number with a dash', { orderId: 'ORDER-0001' }, '10'],
    ['a number with an underscore', { orderId: 'ORDER_0001' }, '10'],
    ['a type that belongs to another address', { txnType: '04' }, '10'],
    ['a type that nobody has', { txnType: '99' }, '10'],
    ['no type', { txnType: undefined }, '13'],
    ['a question about nothing that is there', {}, '34'],
  ]
  test.each(table)('%s', async (_, changes, expected) => {
    expect(await code(QUERY, merchant.sign({ ...QUESTION, ...changes }))).toBe(expected)
  })

  test('no txnTime', async () => {
    const { txnTime: _, ...fields } = merchant.sign(QUESTION)
    expect(await code(QUERY, fields)).toBe('13')
  })
})

describe('signatures', () => {
  const signed = () => merchant.sign(QUESTION)

  test.each<[what: string, alter: (fields: Record<string, string>) => Record<string, string>, respCode: string]>([
    ['none', ({ signature: _, ...rest }) => rest, '13'],
    ['of another number', (fields) => ({ ...fields, orderId: 'ORDER0002' }), '11'],
    ['with a field added', (fields) => ({ ...fields, reqReserved: 'x' }), '11'],
    ['with a field taken away', ({ bizType: _, ...rest }) => rest, '13'],
    ['with an empty field added, which no signature covers', (fields) => ({ ...fields, reqReserved: '' }), '34'],
    [
      'with blanks for plus',
      (fields) => ({ ...fields, signature: (fields['signature'] ?? '').replaceAll('+', ' ') }),
      '11',
    ],
    ['in lower case', (fields) => ({ ...fields, signature: (fields['signature'] ?? '').toLowerCase() }), '11'],
  ])('%s', async (_, alter, expected) => {
    expect(await code(QUERY, alter(signed()))).toBe(expected)
  })

  test('every answer, also a refusal, is signed by the gateway', async () => {
    const told = readLine((await merchant.post(QUERY, { ...signed(), signature: 'AAAA' })).body)
    expect(told).toMatchObject({ respCode: '11', respMsg: '验证签名失败[9100004]', merId: merchant.merId })
    expect(merchant.judge(told)).toBe('good')
  })

  test('one altered byte, anywhere, is noticed', async () => {
    const fields = signed()
    const names = Object.keys(fields).filter((name) => name !== 'encoding')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.constantFrom('0', '7', 'x'), async (name, at, byte) => {
        const value = fields[name] ?? ''
        const index = at % value.length
        const altered = value.slice(0, index) + byte + value.slice(index + 1)
        const answered = await code(QUERY, { ...fields, [name]: altered })
        if (altered === value) expect(answered).toBe('34')
        else expect(['10', '11']).toContain(answered)
      }),
      { numRuns: 200 },
    )
  })
})

describe('bytes', () => {
  test('a field that stands twice is refused, even when both say the same', async () => {
    const body = `${new URLSearchParams(merchant.sign(QUESTION))}&orderId=ORDER0001`
    expect(readLine((await sandbox.request('POST', QUERY, body, FORM)).body)).toMatchObject({
      respCode: '10',
      respMsg: '报文格式错误：orderId[6100030]',
    })
  })

  test('only a form is read, only by POST', async () => {
    const body = new URLSearchParams(merchant.sign(QUESTION)).toString()
    const asJson = await sandbox.request('POST', QUERY, body, { 'content-type': 'application/json' })
    expect(readLine(asJson.body)['respCode']).toBe('10')
    expect((await sandbox.request('GET', `${QUERY}?${body}`)).status).toBe(405)
    expect((await sandbox.request('GET', FRONT)).status).toBe(405)
  })

  test('GBK is spoken to who asks in GBK, over its own bytes', async () => {
    const sandboxOfOne = openTestSandbox()
    const one = openUnionpayMerchant(sandboxOfOne)
    const fields = one.sign({ ...QUESTION, encoding: 'GBK' })
    const { headers, body } = await one.post(QUERY, fields)
    expect(headers['content-type']).toContain('GBK')
    expect(iconv.decode(Buffer.from(body), 'gbk')).toContain('respMsg=查无此交易[2600000]')
    sandboxOfOne.close()
  })
})

describe('a payment form', () => {
  const refusal = async (changes: Record<string, string | undefined>, orderId = 'ORDER0009') => {
    const { status, body } = await merchant.visit(orderId, changes)
    expect(status).toBe(200)
    return /respCode (\w\w)/.exec(body.toString())?.[1]
  }

  test.each<[what: string, changes: Record<string, string | undefined>, respCode: string]>([
    ['no amount', { txnAmt: undefined }, '13'],
    ['an amount in yuan', { txnAmt: '100.00' }, '10'],
    ['an amount with a leading zero', { txnAmt: '0100' }, '10'],
    ['nothing to pay', { txnAmt: '0' }, '10'],
    ['less than nothing', { txnAmt: '-1' }, '10'],
    ['an amount of 13 digits', { txnAmt: '1000000000000' }, '10'],
    ['another currency', { currencyCode: '840' }, '10'],
    ['no currency', { currencyCode: undefined }, '13'],
    ['a terminal that is neither computer nor phone', { channelType: '05' }, '10'],
    ['another product', { bizType: '000301' }, '10'],
    ['a pre-authorisation', { txnType: '02' }, '10'],
    ['no address to tell', { backUrl: undefined }, '13'],
    ['no address to go back to', { frontUrl: undefined }, '13'],
    ['an address that is none', { frontUrl: 'javascript:alert(1)' }, '10'],
    ['an address of 257 characters', { backUrl: `https://shop.example/${'x'.repeat(236)}` }, '10'],
    ['risk data without braces', { riskRateInfo: 'commodityName=x' }, '10'],
    ['a time limit that no calendar has', { payTimeout: '20261131120000' }, '10'],
    ['a time limit that is over', { payTimeout: compact(NOON) }, '39'],
    ['a txnTime of UTC', { txnTime: compact(NOON - 8 * 60 * MINUTE) }, '39'],
    ['a txnTime 61 minutes old', { txnTime: compact(NOON - 61 * MINUTE) }, '39'],
    ['a txnTime six minutes ahead', { txnTime: compact(NOON + 6 * MINUTE) }, '39'],
    ['reqReserved of 1025 characters', { reqReserved: 'x'.repeat(1025) }, '10'],
  ])('with %s is refused on a page', async (_, changes, expected) => {
    expect(await refusal(changes)).toBe(expected)
  })

  test('at the edges of the window it is taken', async () => {
    for (const [away, orderId] of [
      [-60 * MINUTE, 'ORDEREDGE1'],
      [5 * MINUTE, 'ORDEREDGE2'],
    ] as const)
      expect((await merchant.visit(orderId, { txnTime: compact(NOON + away) })).status).toBe(303)
  })

  test('a type for servers is not for browsers, nor the other way round', async () => {
    expect(await refusal({ txnType: '04', txnSubType: '00' })).toBe('10')
    expect(await code(BACK, merchant.sign({ ...QUESTION, txnType: '01' }))).toBe('10')
  })
})
