import { type Fen, formatYuan } from '../../money.ts'
import { shanghaiTime } from '../../shanghai-time.ts'
import type { Period } from './bill-period.ts'
import type { BillRow } from './bill-rows.ts'

export interface BillHead {
  readonly sellerId: string
  readonly period: Period
  readonly exportedAt: number
  /** How many trades more than there are the footer claims; 0 unless a fault says so. */
  readonly footerOff: number
}

const COLUMNS: readonly [title: string, cell: (row: BillRow) => string][] = [
  ['支付宝交易号', (row) => words(row.tradeNo)],
  ['商户订单号', (row) => words(row.outTradeNo)],
  ['业务类型', (row) => words(row.kind === 'trade' ? '交易' : '退款')],
  ['商品名称', (row) => words(row.subject)],
  ['创建时间', (row) => shanghaiTime(row.createdAt)],
  ['完成时间', (row) => shanghaiTime(row.finishedAt)],
  ['门店编号', () => words('')],
  ['门店名称', () => words('')],
  ['操作员', () => words('')],
  ['终端号', () => words('')],
  ['对方账户', () => words('*演示买家(buy***@sandbox.example)')],
  ['订单金额（元）', (row) => formatYuan(row.amount)],
  ['商家实收（元）', (row) => formatYuan(row.amount)],
  ['支付宝红包（元）', () => '0.00'],
  ['集分宝（元）', () => '0.00'],
  ['支付宝优惠（元）', () => '0.00'],
  ['商家优惠（元）', () => '0.00'],
  ['券核销金额（元）', () => '0.00'],
  ['券名称', () => words('')],
  ['商家红包消费金额（元）', () => '0.00'],
  ['卡消费金额（元）', () => '0.00'],
  ['退款批次号/请求号', (row) => words(row.outRequestNo ?? '')],
  ['服务费（元）', (row) => formatYuan(row.fee)],
  ['分润（元）', () => '0.00'],
  ['备注', (row) => words(row.remark ?? '')],
]

/** A cell of words: quoted when it must be, and ended by a tab, so that a spreadsheet leaves long numbers alone. */
function words(text: string): string {
  const quoted = /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  return `${quoted}\t`
}

const total = (rows: readonly BillRow[]): Fen => rows.reduce((sum, row) => sum + row.amount, 0n)
const lines = (rows: readonly string[]): string => `${rows.join('\r\n')}\r\n`

/** 业务明细: every movement, and a footer to check it by. */
export function detailText(rows: readonly BillRow[], head: BillHead): string {
  const trades = rows.filter(({ kind }) => kind === 'trade')
  const refunds = rows.filter(({ kind }) => kind === 'refund')
  return lines([
    '#支付宝业务明细查询',
    ...accountLines(head),
    '#-----------------------------------------业务明细列表----------------------------------------',
    COLUMNS.map(([title]) => title).join(','),
    ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)).join(',')),
    '#-----------------------------------------业务明细列表结束------------------------------------',
    `#交易合计：${trades.length + head.footerOff}笔，商家实收共${formatYuan(total(trades))}元，商家优惠共0.00元`,
    `#退款合计：${refunds.length}笔，商家实收退款共${formatYuan(total(refunds))}元，商家优惠退款共0.00元`,
    `#导出时间：[${shanghaiTime(head.exportedAt)}]`,
  ])
}

/** 业务汇总: one line for the shop as a whole. */
export function summaryText(rows: readonly BillRow[], head: BillHead): string {
  const trades = rows.filter(({ kind }) => kind === 'trade')
  const refunds = rows.filter(({ kind }) => kind === 'refund')
  const fees = rows.reduce((sum, row) => sum + row.fee, 0n)
  const income = formatYuan(total(rows))
  const net = formatYuan(total(rows) + fees)
  return lines([
    '#支付宝业务汇总查询',
    ...accountLines(head),
    '#-----------------------------------------业务汇总列表----------------------------------------',
    '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）',
    [
      words('合计'),
      words(''),
      trades.length,
      refunds.length,
      income,
      income,
      '0.00',
      '0.00',
      '0.00',
      formatYuan(fees),
      '0.00',
      net,
    ].join(','),
    '#-----------------------------------------业务汇总列表结束------------------------------------',
    `#导出时间：[${shanghaiTime(head.exportedAt)}]`,
  ])
}

/** `[20887…0156]` is how the files write a seller's number. */
const accountLines = ({ sellerId, period }: BillHead): string[] => [
  `#账号：[${sellerId}0156]`,
  `#起始日期：[${dateText(period.from)}]   终止日期：[${dateText(period.to)}]`,
]

const dateText = (instantMs: number): string => shanghaiTime(instantMs).replace(/^(\d+)-(\d+)-(\d+)/, '$1年$2月$3日')
