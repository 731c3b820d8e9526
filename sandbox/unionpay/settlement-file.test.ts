import { inflateSync } from 'node:zlib'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import yauzl from 'yauzl'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../testing/test-sandbox.ts'
import { openUnionpayMerchant, type UnionpayMerchant } from '../testing/unionpay-merchant.ts'
import type { BillFault } from './fault-kinds.ts'

let sandbox: TestSandbox
let merchant: UnionpayMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openUnionpayMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const [MINUTE, HOUR] = [60_000, 3_600_000]
const NINE_NEXT_DAY = 21 * HOUR
const ask = (settleDate: string) =>
  merchant.call('/filedownload/', { txnType: '76', txnSubType: '01', bizType: '000000', fileType: '00', settleDate })

async function unpack(zip: Buffer): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {}
  const opened = await yauzl.fromBufferPromise(zip)
  for await (const entry of opened.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await opened.openReadStreamPromise(entry)) chunks.push(Buffer.from(chunk))
    files[entry.fileName] = Buffer.concat(chunks)
  }
  return files
}

/** The lines of the detail file, in bytes. */
async function lines(settleDate = '1120'): Promise<Buffer[]> {
  const { respCode, fileContent } = await ask(settleDate)
  expect(respCode).toBe('00')
  const files = await unpack(inflateSync(Buffer.from(fileContent ?? '', 'base64')))
  const content = Object.entries(files).find(([name]) => name.includes('ZM_'))?.[1] ?? Buffer.alloc(0)
  return content
    .toString('latin1')
    .split('\r\n')
    .slice(0, -1)
    .map((line) => Buffer.from(line, 'latin1'))
}

/** The widths as the document lists them, with the names that the tests below ask for. */
const WIDTHS: readonly (readonly [name: string, width: number])[] = [
  ['tradeCode', 3],
  ['acqInsCode', 11],
  ['sendInsCode', 11],
  ['traceNo', 6],
  ['txnTime', 10],
  ['payCardNo', 19],
  ['txnAmt', 12],
  ['merCatCode', 4],
  ['termType', 2],
  ['queryId', 21],
  ['oldPayType', 2],
  ['orderId', 32],
  ['payCardType', 2],
  ['origTraceNo', 6],
  ['origTime', 10],
  ['merCharge', 13],
  ['settleAmt', 13],
  ['payType', 4],
  ['groupMerId', 15],
  ['txnType', 2],
  ['txnSubType', 2],
  ['bizType', 6],
  ['accType', 2],
  ['billType', 4],
  ['billNo', 32],
  ['interactMode', 1],
  ['origQryId', 21],
  ['merId', 15],
  ['accountType', 1],
  ['subMerId', 15],
  ['subMerAbbr', 32],
  ['subMerAmt', 13],
  ['settleNet', 13],
  ['termId', 8],
  ['merReserved', 32],
  ['discountAmt', 13],
  ['invoiceAmt', 13],
  ['instalFee', 12],
  ['instalNum', 2],
  ['media', 1],
]
const LENGTH = WIDTHS.reduce((sum, [, width]) => sum + width + 1, -1)

function columns(line: Buffer): Record<string, string> {
  let at = 0
  return Object.fromEntries(
    WIDTHS.map(([name, width]) => {
      const cell = new TextDecoder('gbk').decode(line.subarray(at, at + width)).trim()
      at += width + 1
      return [name, cell]
    }),
  )
}

test('is there at 09:00 of the next day, and 98 before and for days without money', async () => {
  await merchant.pay('ORDER0001')
  await sandbox.pass(NINE_NEXT_DAY - 1000)
  expect((await ask('1120'))['respCode']).toBe('98')
  await sandbox.pass(1000)
  expect(await ask('1120')).toMatchObject({
    respCode: '00',
    settleDate: '1120',
    fileName: '777290000000001_20261120.zip',
  })
  for (const day of ['1119', '1121', '0230']) expect((await ask(day))['respCode']).toBe('98')
})

test.each(['1320', '0032', '20261120', undefined])('asked for %s is refused', async (settleDate) => {
  const told = await merchant.call('/filedownload/', {
    txnType: '76',
    txnSubType: '01',
    bizType: '000000',
    fileType: '00',
    settleDate,
  })
  expect(told['respCode']).toBe(settleDate ? '10' : '13')
})

test('holds a payment and its refund, each in columns of bytes', async () => {
  await merchant.pay('ORDER0001', { channelType: '08', reqReserved: '订单 一' })
  await merchant.giveBack('04', 'REFUND0001', 'ORDER0001', '2500')
  await sandbox.pass(NINE_NEXT_DAY)
  const [payment, refund, ...more] = await lines()
  expect(more).toEqual([])
  expect([payment?.length, refund?.length]).toEqual([LENGTH, LENGTH])
  const { queryId } = await merchant.query('ORDER0001')
  expect(columns(payment ?? Buffer.alloc(0))).toMatchObject({
    traceNo: '000001',
    txnTime: '1120120000',
    payCardNo: '621626******0018',
    txnAmt: '000000010000',
    termType: '08',
    queryId,
    orderId: 'ORDER0001',
    merCharge: 'D000000000060',
    settleAmt: 'C000000010000',
    settleNet: 'C000000009940',
    txnType: '01',
    txnSubType: '01',
    bizType: '000201',
    origQryId: '',
    merId: merchant.merId,
    subMerAbbr: '演示商户',
    merReserved: '订单 一',
  })
  expect(columns(refund ?? Buffer.alloc(0))).toMatchObject({
    txnAmt: '000000002500',
    orderId: 'REFUND0001',
    origTraceNo: '000001',
    origTime: '1120120000',
    merCharge: 'C000000000015',
    settleAmt: 'D000000002500',
    settleNet: 'D000000002485',
    txnType: '04',
    origQryId: queryId,
  })
})

test('what is paid at 23:30 stands in the next day’s file', async () => {
  await merchant.pay('ORDER0001')
  await sandbox.pass(11 * HOUR + 30 * MINUTE)
  await merchant.pay('ORDER0002')
  await sandbox.pass(48 * HOUR)
  const orders = async (day: string) => (await lines(day)).map((line) => columns(line)['orderId'])
  expect(await orders('1120')).toEqual(['ORDER0001'])
  expect(await orders('1121')).toEqual(['ORDER0002'])
})

test('fees come back in parts without a fen too many', async () => {
  await merchant.pay('ORDER0001', { txnAmt: '333' })
  for (const [number, fen] of [
    ['REFUND0001', '111'],
    ['REFUND0002', '111'],
    ['REFUND0003', '111'],
  ] as const) {
    await merchant.giveBack('04', number, 'ORDER0001', fen)
    await sandbox.pass(6 * MINUTE)
  }
  await sandbox.pass(NINE_NEXT_DAY)
  const charges = (await lines()).map((line) => columns(line)['merCharge'] ?? '')
  const fen = charges.map((charge) => Number(charge.slice(1)) * (charge.startsWith('D') ? -1 : 1))
  expect(fen.reduce((sum, one) => sum + one, 0)).toBe(0)
  expect(fen[0]).toBe(-2)
})

describe('with differences that a reconciliation must find', () => {
  beforeEach(async () => {
    for (const order of ['ORDER0001', 'ORDER0002', 'ORDER0003']) await merchant.pay(order)
    await sandbox.pass(NINE_NEXT_DAY)
  })
  const order = (kind: BillFault, value?: number) =>
    sandbox.faults.add({ gateway: 'unionpay', point: 'bill', kind, value })
  const told = async (...names: string[]) =>
    (await lines()).map((line) => names.map((name) => columns(line)[name]).join(' '))

  test.each<[BillFault, string[]]>([
    ['missing_row', ['ORDER0001', 'ORDER0002']],
    ['extra_row', ['ORDER0001', 'ORDER0002', 'ORDER0003', 'NOBODY000001']],
    ['doubled_row', ['ORDER0001', 'ORDER0001', 'ORDER0002', 'ORDER0003']],
  ])('%s', async (kind, orders) => {
    order(kind)
    expect(await told('orderId')).toEqual(orders)
    expect(await told('orderId')).toEqual(['ORDER0001', 'ORDER0002', 'ORDER0003'])
  })

  test('wrong_amount and wrong_fee', async () => {
    order('wrong_amount', 5)
    order('wrong_fee', 1)
    expect((await told('txnAmt', 'settleAmt', 'merCharge'))[0]).toBe('000000010005 C000000010005 D000000000061')
  })

  test('cut_line ends one line and leaves the others whole', async () => {
    order('cut_line')
    expect((await lines()).map((line) => line.length)).toEqual([Math.floor(LENGTH / 2), LENGTH, LENGTH])
  })

  test('cut, not_there and other_merchant', async () => {
    order('cut')
    const { fileContent } = await ask('1120')
    await expect(unpack(inflateSync(Buffer.from(fileContent ?? '', 'base64')))).rejects.toThrow()
    order('not_there')
    expect((await ask('1120'))['respCode']).toBe('98')
    order('other_merchant')
    expect((await told('merId'))[0]).toBe('777290000000002')
  })
})
