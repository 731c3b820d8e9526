import { mkdtempDisposable, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ok, type Result } from '../../result.ts'
import type { BadBillLine, BillLine } from '../bills.ts'
import { startGateway } from '../testing/gateway-double.ts'
import { makeZip } from '../testing/make-zip.ts'
import { downloadBill } from './download-bill.ts'
import { readBill } from './read-bill.ts'
import { clientFor, encode, SELLER_ID, signAnswer } from './testing/alipay-double.ts'

const HEADER =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注'
const row = (kind: string, number: string, amount: string, refundNo = '', subject = '青瓷茶壶') =>
  `20261120220014999905${number}\t,A20261120${number}\t,${kind},${subject},2026-11-20 10:00:00,2026-11-20 10:00:05,,,,,买家(***@x.com),${amount},${amount},0.00,0.00,0.00,0.00,0.00,,0.00,0.00,${refundNo}\t,${kind === '交易' ? '-0.60' : '0.00'},0.00,`
const ROWS = [
  row('交易', '0001', '268.00'),
  row('交易', '0002', '100.50', '', '"碗, 大""号"""\t'),
  row('退款', '0001', '-68.00', 'R20261120AAAA'),
]
const FOOTER = [
  '#-----------------------------------------业务明细列表结束------------------------------------',
  '#交易合计：2笔，商家实收共368.50元，商家优惠共0.00元',
  '#退款合计：1笔，商家实收退款共-68.00元，商家优惠退款共0.00元',
  '#导出时间：[2026年11月21日 09:05:00]',
]
const bill = (rows: readonly string[] = ROWS, footer: readonly string[] = FOOTER, account = SELLER_ID) =>
  [
    '#支付宝业务明细查询',
    `#账号：[${account}0156]`,
    '#起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]',
    '#-----业务明细列表-----',
    HEADER,
    ...rows,
    ...footer,
    '',
  ].join('\r\n')
const zipped = (text: string, name = `${SELLER_ID}_20261120_业务明细.csv`) =>
  makeZip([
    {
      name: encode(`${SELLER_ID}_20261120_业务明细(汇总).csv`, 'gbk'),
      content: encode('#支付宝业务汇总查询\r\n', 'gbk'),
    },
    { name: encode(name, 'gbk'), content: encode(text, 'gbk') },
  ])

const ROOT = 'alipay_data_dataservice_bill_downloadurl_query_response'
const DAY = '2026-11-20'
const NOON = new Date('2026-11-21T04:00:00Z')
const EARLY = new Date('2026-11-21T00:30:00Z')
const missing = '{"code":"40004","msg":"Business Failed","sub_code":"BILL_NOT_EXIST","sub_msg":"账单不存在"}'

/** Downloads and reads: the lines, or why there are none. */
async function fetchBill(file: Uint8Array | string, { status = 200, answer = '', now = NOON } = {}) {
  await using gateway = await startGateway(({ query }) => {
    if (query.has('token')) return { body: file, status }
    const url = JSON.stringify(`${gateway.url}?token=1`).replaceAll('/', '\\/')
    return { body: signAnswer(ROOT, answer || `{"code":"10000","msg":"Success","bill_download_url":${url}}`) }
  })
  await using folder = await mkdtempDisposable(join(tmpdir(), 'bill-'))
  const path = join(folder.path, 'bill')
  const got = await downloadBill(clientFor({ gatewayUrl: gateway.url, clock: () => now }), DAY, path)
  if (!got.ok) return got
  if (got.value === 'no_trades') return ok({ kept: null, lines: [] })
  const lines: Result<BillLine, BadBillLine>[] = []
  const read = await readBill(SELLER_ID, { day: DAY, path }, async (taken) => {
    lines.push(...taken)
  })
  return read.ok ? ok({ kept: await readFile(path), lines }) : read
}

test('a bill is unpacked, read as GBK and checked against its totals', async () => {
  const file = zipped(bill())
  const got = await fetchBill(file)
  if (!got.ok) throw new Error(JSON.stringify(got.error))
  expect(got.value.kept?.equals(file)).toBe(true)
  const payment = {
    kind: 'payment',
    state: 'done',
    refundNo: null,
    fee: 60n,
    completedAt: new Date('2026-11-20T02:00:05Z'),
  }
  expect(got.value.lines).toEqual([
    {
      ok: true,
      value: {
        ...payment,
        line: 6,
        providerTradeNo: '202611202200149999050001',
        outTradeNo: 'A202611200001',
        amount: 26800n,
      },
    },
    {
      ok: true,
      value: {
        ...payment,
        line: 7,
        providerTradeNo: '202611202200149999050002',
        outTradeNo: 'A202611200002',
        amount: 10050n,
      },
    },
    {
      ok: true,
      value: {
        ...payment,
        line: 8,
        kind: 'refund',
        providerTradeNo: '202611202200149999050001',
        outTradeNo: 'A202611200001',
        refundNo: 'R20261120AAAA',
        amount: 6800n,
        fee: 0n,
      },
    },
  ])
})

test('columns are found by their names, wherever they stand', async () => {
  const moved = bill(ROWS.map((line) => `x,${line}`)).replace(HEADER, `新列,${HEADER}`)
  const got = await fetchBill(zipped(moved))
  expect(got.ok && got.value.lines.every((line) => line.ok)).toBe(true)
})

test('a line that cannot be read is named by its number, and the rest is read', async () => {
  const broken = bill(ROWS.with(1, ROWS[1]?.replace('2026-11-20 10:00:05', '2026-11-31 10:00:05') ?? ''))
  const got = await fetchBill(zipped(broken))
  expect(got.ok && got.value.lines.map((line) => line.ok || line.error)).toEqual([
    true,
    { code: 'bad_line', line: 7, reason: 'the time cannot be read' },
    true,
  ])
})

describe('a bill that does not agree with itself is corrupt', () => {
  test.each([
    ['a line missing', zipped(bill(ROWS.slice(1)))],
    ['a line doubled', zipped(bill([...ROWS, ROWS[0] ?? '']))],
    ['an amount changed', zipped(bill(ROWS).replaceAll('100.50', '100.51'))],
    ['a refund turned into a payment', zipped(bill(ROWS).replace(',退款,', ',交易,'))],
    ['cut before the totals', zipped(bill(ROWS, FOOTER.slice(0, 1)))],
    ['of another account', zipped(bill(ROWS, FOOTER, '2088000000000002'))],
    ['of another day', zipped(bill().replace('起始日期：[2026年11月20日', '起始日期：[2026年11月19日'))],
    ['a column missing', zipped(bill().replace('服务费（元）', '别的'))],
    ['no details inside', zipped(bill(), 'readme.txt')],
    ['nothing', ''],
    ['no archive', '<html>'],
    ['half an archive', zipped(bill()).subarray(0, 200)],
  ])('%s', async (_, file) => {
    expect(await fetchBill(file)).toMatchObject({ ok: false, error: { code: 'corrupt' } })
  })
})

describe('no bill', () => {
  test('after nine in the morning it means a day without trades', async () => {
    const got = await fetchBill('', { answer: missing })
    expect(got.ok && got.value.lines).toEqual([])
  })
  test('before nine it is not ready', async () => {
    expect(await fetchBill('', { answer: missing, now: EARLY })).toEqual({
      ok: false,
      error: { code: 'not_ready', readyAt: new Date('2026-11-21T01:00:00Z') },
    })
  })
  test('an address that has run out is unknown', async () => {
    expect(await fetchBill('', { status: 403 })).toMatchObject({ error: { code: 'unknown' } })
  })
  test('a day that is none is not asked for', async () => {
    expect(await downloadBill(clientFor(), '2026-02-30', '/dev/null')).toMatchObject({
      error: { code: 'invalid_request' },
    })
  })
})
