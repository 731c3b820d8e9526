import { addFen, type Fen, parseYuan, toFen, toYuan, ZERO_FEN } from '../../domain/money.ts'
import { parseShanghaiTime } from '../../domain/shanghai-time.ts'
import { err, ok, type Result } from '../../result.ts'
import type { BillLine } from '../port.ts'
import { readZip } from '../zip-file.ts'
import { decodeText } from './charset.ts'

const MAX_BILL_BYTES = 268_435_456
const DETAIL_NAME = /业务明细\.csv$/
const TOTALS = /^#(交易|退款)合计：(\d+)笔，商家实收(?:退款)?共(-?\d+(?:\.\d+)?)元/

/** The columns that we read, by their names in the header; Alipay may add others and move them. */
const COLUMNS = {
  providerTradeNo: '支付宝交易号',
  outTradeNo: '商户订单号',
  kind: '业务类型',
  completedAt: '完成时间',
  amount: '订单金额（元）',
  received: '商家实收（元）',
  refundNo: '退款批次号/请求号',
  fee: '服务费（元）',
} as const
type Columns = Readonly<Record<keyof typeof COLUMNS, number>>

export type BillText = { readonly header: Columns; readonly rows: readonly { line: number; text: string }[] }
export type LineError = { readonly code: 'bad_line'; readonly line: number; readonly reason: string }
export type Corrupt = { readonly code: 'corrupt'; readonly reason: string }

const corrupt = (reason: string) => err({ code: 'corrupt', reason })

/** Unpacks the archive, and refuses one whose footer does not agree with its own lines. */
export function openBill(file: Uint8Array, sellerId: string): Result<BillText, Corrupt> {
  const zip = readZip(file, MAX_BILL_BYTES)
  if (!zip.ok) return corrupt(zip.error.reason)
  const detail = zip.value.find(({ name }) => DETAIL_NAME.test(decodeText(name, 'gbk') ?? ''))
  if (!detail) return corrupt('the archive holds no details')
  const text = decodeText(detail.content, 'gbk')
  if (text === null) return corrupt('the details are not in GBK')

  const lines = text.split(/\r?\n/).map((line, index) => ({ line: index + 1, text: line }))
  const account = lines.find((line) => line.text.startsWith('#账号'))
  if (!account?.text.includes(`[${sellerId}0156]`)) return corrupt('the bill is of another account')
  const [header, ...rows] = lines.filter((line) => line.text !== '' && !line.text.startsWith('#'))
  const columns = header && findColumns(header.text)
  if (!columns) return corrupt('a column is missing')
  const bill = { header: columns, rows }
  const difference = compareTotals(bill, lines)
  return difference === null ? ok(bill) : corrupt(difference)
}

/** Reads the lines one by one; refunds are negative in the file and positive here. */
export function* readBillLines({ header, rows }: BillText): Iterable<Result<BillLine, LineError>> {
  for (const { line, text } of rows) {
    const read = readLine(splitCells(text), header)
    yield typeof read === 'string' ? err({ code: 'bad_line', line, reason: read }) : ok(read)
  }
}

function readLine(cells: readonly string[], columns: Columns): BillLine | string {
  const cell = (column: keyof Columns) => cells[columns[column]] ?? ''
  const kind = cell('kind')
  if (kind !== '交易' && kind !== '退款') return `the kind is ${kind || 'missing'}`
  const amount = parseSigned(cell('amount'))
  const fee = parseSigned(cell('fee') || '0')
  const completedAt = parseShanghaiTime(cell('completedAt'))
  if (amount === null || fee === null) return 'an amount cannot be read'
  if (kind === '交易' ? amount < 0n : amount > 0n) return 'the amount has the wrong sign'
  if (!completedAt) return 'the time cannot be read'
  if (!cell('providerTradeNo') || !cell('outTradeNo')) return 'a number is missing'
  return {
    kind: kind === '交易' ? 'payment' : 'refund',
    providerTradeNo: cell('providerTradeNo'),
    outTradeNo: cell('outTradeNo'),
    refundNo: cell('refundNo') || null,
    amount: amount < 0n ? toFen(-amount) : amount,
    // The file books from the merchant's side: what was charged is negative.
    fee: toFen(-fee),
    completedAt,
  }
}

function findColumns(header: string): Columns | null {
  const names = splitCells(header)
  const entries = Object.entries(COLUMNS).map(([column, name]) => [column, names.indexOf(name)] as const)
  return entries.every(([, index]) => index >= 0) ? (Object.fromEntries(entries) as Columns) : null
}

/** What is wrong between the footer and the lines, or null. A bill without both totals was cut short. */
function compareTotals({ header, rows }: BillText, lines: readonly { text: string }[]): string | null {
  const footers = lines.map(({ text }) => TOTALS.exec(text)).filter((match) => match !== null)
  for (const kind of ['交易', '退款']) {
    const [, , count, sum] = footers.find((footer) => footer[1] === kind) ?? []
    const total = sum === undefined ? null : parseSigned(sum)
    if (total === null) return `the total of ${kind} is missing`
    const cells = rows.map(({ text }) => splitCells(text)).filter((row) => row[header.kind] === kind)
    if (cells.length !== Number(count)) return `the footer counts ${count} of ${kind}, the file has ${cells.length}`
    const found = cells.reduce((all, row) => addFen(all, parseSigned(row[header.received] ?? '') ?? ZERO_FEN), ZERO_FEN)
    // The file writes refunds with a minus in the lines, and the footer has been seen with and without it.
    if (found !== total && found !== -total) return `the footer sums ${kind} to ${sum}, the lines to ${toYuan(found)}`
  }
  return null
}

function parseSigned(text: string): Fen | null {
  const amount = parseYuan(text.replace(/^-/, ''))
  return amount !== null && text.startsWith('-') ? toFen(-amount) : amount
}

/** Cells end in a TAB that keeps spreadsheets from mangling long numbers; a quoted cell may hold commas. */
function splitCells(line: string): string[] {
  const cells = line.match(/("(?:[^"]|"")*"[ \t]*|[^,]*)(?:,|$)/g) ?? []
  return cells.map((cell) => {
    const text = cell.replace(/,$/, '').trim()
    return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
  })
}
