import { addFen, type Fen, parseYuan, toFen, toYuan, ZERO_FEN } from '../../domain/money.ts'
import { parseShanghaiTime } from '../../domain/shanghai-time.ts'
import { err, ok, type Result } from '../../result.ts'
import type { BadBillLine, BillLine } from '../bills.ts'
import { DamagedFile } from '../damaged-file.ts'

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

const KINDS = ['交易', '退款'] as const
type Total = { count: number; sum: Fen }

/** The details of one day as they are read from top to bottom. */
export type BillSheet = {
  /** Takes the next lines of the file and gives what they tell of trades. @throws {DamagedFile} */
  readonly read: (lines: readonly string[]) => Result<BillLine, BadBillLine>[]
  /** Compares the totals at the foot with the lines that were read. @throws {DamagedFile} */
  readonly finish: () => void
}

/** @param day `yyyy-MM-dd`; a sheet of another day or seller is refused. */
export function createBillSheet({ sellerId, day }: { sellerId: string; day: string }): BillSheet {
  const [year, month, date] = day.split('-')
  const needed = new Map([
    [`#账号：[${sellerId}0156]`, 'the bill is of another account'],
    [`#起始日期：[${year}年${month}月${date}日 00:00:00]`, 'the bill is of another day'],
  ])
  const found = new Map<string, Total>(KINDS.map((kind) => [kind, { count: 0, sum: ZERO_FEN }]))
  const told = new Map<string, Total>()
  let columns: Columns | null = null
  let at = 0

  const readNote = (text: string) => {
    for (const start of needed.keys()) if (text.startsWith(start)) needed.delete(start)
    const [, kind, count, yuan = ''] = TOTALS.exec(text) ?? []
    const sum = parseSigned(yuan)
    if (kind && sum !== null) told.set(kind, { count: Number(count), sum })
  }
  const readHeader = (text: string) => {
    for (const complaint of needed.values()) throw new DamagedFile(complaint)
    const names = splitCells(text)
    const entries = Object.entries(COLUMNS).map(([column, name]) => [column, names.indexOf(name)] as const)
    if (entries.some(([, index]) => index < 0)) throw new DamagedFile('a column is missing')
    return Object.fromEntries(entries) as Columns
  }
  const readRow = (text: string, header: Columns) => {
    const cells = splitCells(text)
    const total = found.get(cells[header.kind] ?? '')
    if (total) {
      total.count += 1
      total.sum = addFen(total.sum, parseSigned(cells[header.received] ?? '') ?? ZERO_FEN)
    }
    const read = readCells(cells, header, at)
    return typeof read === 'string' ? err({ code: 'bad_line', line: at, reason: read }) : ok(read)
  }

  return {
    read(lines) {
      const rows: Result<BillLine, BadBillLine>[] = []
      for (const text of lines) {
        at += 1
        if (text.startsWith('#')) readNote(text)
        else if (text === '') continue
        else if (columns) rows.push(readRow(text, columns))
        else columns = readHeader(text)
      }
      return rows
    },
    finish() {
      if (!columns) throw new DamagedFile('the bill has no lines at all')
      for (const kind of KINDS) compareTotals(kind, told.get(kind), found.get(kind))
    },
  }
}

/** A bill without both totals was cut short. */
function compareTotals(kind: string, told: Total | undefined, found: Total | undefined): void {
  if (!told || !found) throw new DamagedFile(`the total of ${kind} is missing`)
  if (told.count !== found.count)
    throw new DamagedFile(`the footer counts ${told.count} of ${kind}, the file has ${found.count}`)
  // The file writes refunds with a minus in the lines, and the footer has been seen with and without it.
  if (found.sum !== told.sum && found.sum !== -told.sum)
    throw new DamagedFile(`the footer sums ${kind} to ${toYuan(told.sum)}, the lines to ${toYuan(found.sum)}`)
}

/** Refunds are negative in the file and positive here. */
function readCells(cells: readonly string[], columns: Columns, line: number): BillLine | string {
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
    line,
    kind: kind === '交易' ? 'payment' : 'refund',
    providerTradeNo: cell('providerTradeNo'),
    outTradeNo: cell('outTradeNo'),
    refundNo: cell('refundNo') || null,
    // Alipay lists what has happened, nothing that is under way.
    state: 'done',
    amount: amount < 0n ? toFen(-amount) : amount,
    // The file books from the merchant's side: what was charged is negative.
    fee: toFen(-fee),
    completedAt,
  }
}

function parseSigned(text: string): Fen | null {
  const amount = parseYuan(text.replace(/^-/, ''))
  return amount !== null && text.startsWith('-') ? toFen(-amount) : amount
}

/** Cells end in a TAB that keeps spreadsheets from mangling long numbers; a quoted cell may hold commas. */
function splitCells(line: string): string[] {
  if (!line.includes('"')) return line.split(',').map((cell) => cell.trim())
  const cells = line.match(/("(?:[^"]|"")*"[ \t]*|[^,]*)(?:,|$)/g) ?? []
  return cells.map((cell) => {
    const text = cell.replace(/,$/, '').trim()
    return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
  })
}
