import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import yauzl from 'yauzl'
import { openTestMerchant, type TestMerchant } from '../../testing/test-merchant.ts'
import { openTestSandbox, removeTestFolders, type TestSandbox } from '../../testing/test-sandbox.ts'
import type { BillFault } from '../fault-kinds.ts'

let sandbox: TestSandbox
let merchant: TestMerchant

beforeEach(() => {
  sandbox = openTestSandbox()
  merchant = openTestMerchant(sandbox)
  return () => sandbox.close()
})
afterAll(removeTestFolders)

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ask = (date: string, type = 'trade') =>
  merchant.call('alipay.data.dataservice.bill.downloadurl.query', { bill_type: type, bill_date: date })

/** Entry names as raw bytes, since the archive does not say which characters they are. */
async function unzip(file: Buffer): Promise<{ name: string; marked: boolean; text: string }[]> {
  const archive = await yauzl.fromBufferPromise(file, { decodeStrings: false })
  const gbk = new TextDecoder('gbk')
  const files = []
  for await (const entry of archive.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk)
    files.push({
      name: gbk.decode(entry.fileNameRaw),
      marked: (entry.generalPurposeBitFlag & 0x800) !== 0,
      text: gbk.decode(Buffer.concat(chunks)),
    })
  }
  return files
}

async function download(date: string): Promise<Buffer> {
  const { bill_download_url: url } = await ask(date)
  const { status, body } = await sandbox.request('GET', String(url))
  expect(status).toBe(200)
  return Buffer.from(body)
}

async function trade(): Promise<void> {
  await merchant.pay('T1', '268.00')
  const { headers } = await merchant.visit({ out_trade_no: 'T2', total_amount: '100.50', subject: '碗, 大"号"' })
  await sandbox.request('POST', `${headers['location']}/pay`)
  await merchant.call('alipay.trade.refund', { out_trade_no: 'T1', refund_amount: '68.00', out_request_no: 'R1' })
}

const rowsOf = (text: string) =>
  text
    .split('\r\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(1)
const footerOf = (text: string) => /#交易合计：(\d+)笔，商家实收共(\S+?)元/.exec(text)?.slice(1)

test('a day’s bill is there at nine of the next day, and a day without trades has none', async () => {
  await trade()
  await sandbox.pass(DAY + 9 * HOUR - 12 * HOUR - 1)
  expect((await ask('2026-11-20'))['sub_code']).toBe('BILL_NOT_EXIST')
  await sandbox.pass(1)
  expect((await ask('2026-11-20'))['code']).toBe('10000')
  expect((await ask('2026-11-19'))['sub_code']).toBe('BILL_NOT_EXIST')
})

test('a month’s bill is there at nine of the third', async () => {
  await trade()
  await sandbox.pass(Date.parse('2026-12-03T09:00:00+08:00') - sandbox.clock.now() - 1)
  expect((await ask('2026-11'))['sub_code']).toBe('BILL_NOT_EXIST')
  await sandbox.pass(1)
  expect(await download('2026-11')).toBeInstanceOf(Buffer)
})

test.each(['2026-11-31', '2026-13', '2015-12-31', '2027-01-01', '20261120', ''])(
  '%j is no date of a bill',
  async (date) => {
    await sandbox.pass(0)
    expect((await ask(date))['sub_code']).toMatch(/^(INVAILID_ARGUMENTS|BILL_NOT_EXIST)$/)
  },
)

test('an address is good for thirty seconds', async () => {
  await trade()
  await sandbox.pass(2 * DAY)
  const { bill_download_url: url } = await ask('2026-11-20')
  await sandbox.pass(30_000)
  expect((await sandbox.request('GET', String(url))).status).toBe(200)
  await sandbox.pass(1)
  expect((await sandbox.request('GET', String(url))).status).toBe(403)
})

test('the archive holds two files with GBK names that nothing marks as such', async () => {
  await trade()
  await sandbox.pass(2 * DAY)
  const files = await unzip(await download('2026-11-20'))
  expect(files.map(({ name, marked }) => [name, marked])).toEqual([
    ['20887210000000010156_20261120_业务明细.csv', false],
    ['20887210000000010156_20261120_业务明细(汇总).csv', false],
  ])
  expect(files[1]?.text).toMatch(/^#支付宝业务汇总查询\r\n/)
})

test('the detail has a row for each movement, and its footer says their number and sum', async () => {
  await trade()
  await sandbox.pass(2 * DAY)
  const [detail] = await unzip(await download('2026-11-20'))
  const text = detail?.text ?? ''
  expect(
    text
      .split('\r\n')
      .slice(0, 4)
      .every((line) => line.startsWith('#')),
  ).toBe(true)
  expect(text.split('\r\n')[4]?.split(',')).toHaveLength(25)
  const rows = rowsOf(text)
  expect(rows.map((row) => row.includes('退款\t'))).toEqual([false, false, true])
  expect(rows[1]).toContain(',"碗, 大""号"""\t,')
  expect(rows[2]).toContain(',-68.00,-68.00,')
  expect(rows[2]).toContain(',R1\t,0.41,')
  expect(text).toContain('#交易合计：2笔，商家实收共368.50元，商家优惠共0.00元')
  expect(text).toContain('#退款合计：1笔，商家实收退款共-68.00元')
})

test('a payment and its refund of the next day stand in two bills, by the day of Shanghai', async () => {
  await sandbox.pass(12 * HOUR - 1)
  await merchant.pay('T1')
  await sandbox.pass(1)
  await merchant.call('alipay.trade.refund', { out_trade_no: 'T1', refund_amount: '100.00', out_request_no: 'R1' })
  await sandbox.pass(2 * DAY)
  const texts = await Promise.all(
    ['2026-11-20', '2026-11-21'].map(async (day) => (await unzip(await download(day)))[0]?.text ?? ''),
  )
  expect(texts.map((text) => rowsOf(text).map((row) => row.includes('退款\t')))).toEqual([[false], [true]])
})

describe('planted differences', () => {
  const planted: [BillFault, (text: string) => unknown, unknown][] = [
    ['missing_row', (text) => rowsOf(text).length, 2],
    ['extra_row', (text) => [rowsOf(text).length, rowsOf(text).at(-1)?.includes('NOBODY000001')], [4, true]],
    ['doubled_row', (text) => [rowsOf(text).length, rowsOf(text)[0] === rowsOf(text)[1]], [4, true]],
    ['wrong_amount', (text) => rowsOf(text)[0]?.includes(',268.01,268.01,'), true],
    ['wrong_fee', (text) => rowsOf(text)[0]?.includes(',-1.60,'), true],
    ['wrong_footer', (text) => footerOf(text), ['3', '368.50']],
    ['other_merchant', (text) => text.includes('[20887210000000020156]'), true],
  ]
  test.each(planted)('%s', async (kind, look, expected) => {
    await trade()
    await sandbox.pass(2 * DAY)
    sandbox.faults.add({ gateway: 'alipay', point: 'bill', kind })
    expect(look((await unzip(await download('2026-11-20')))[0]?.text ?? '')).toEqual(expected)
  })

  test('cut', async () => {
    await trade()
    await sandbox.pass(2 * DAY)
    sandbox.faults.add({ gateway: 'alipay', point: 'bill', kind: 'cut' })
    await expect(download('2026-11-20').then(unzip)).rejects.toThrow()
  })
})
