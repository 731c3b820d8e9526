import { addFen, type Fen, toYuan, ZERO_FEN } from '../../domain/money.ts'
import { parseShanghaiTime } from '../../domain/shanghai-time.ts'
import { err, ok, type Result } from '../../result.ts'
import type { BadBillLine, BillLine } from '../bills.ts'
import { DamagedFile } from '../damaged-file.ts'
import { type Cells, createBillTable, parseAmount, parseCount } from './bill-table.ts'

const COLUMNS = {
  completedAt: '交易时间',
  mchId: '商户号',
  providerTradeNo: '微信订单号',
  outTradeNo: '商户订单号',
  state: '交易状态',
  refundNo: '商户退款单号',
  refundState: '退款状态',
  amount: '订单金额',
  refunded: '申请退款金额',
  fee: '手续费',
} as const
const COUNT = '总交易单数'
const SUMS = { amount: '订单总金额', refunded: '申请退款总金额', fee: '手续费总金额' } as const
type Summed = keyof typeof SUMS

const REFUND_STATES: ReadonlyMap<string, BillLine['state']> = new Map([
  ['SUCCESS', 'done'],
  ['PROCESSING', 'pending'],
  // The money left, and somebody has to see to it.
  ['CHANGE', 'pending'],
  ['FAIL', 'failed'],
])

/** A trade bill of one day as it is read from top to bottom. @param day `yyyy-MM-dd`; another day or merchant is refused. */
export function createTradeSheet({ mchId, day }: { mchId: string; day: string }) {
  const table = createBillTable({ rows: Object.values(COLUMNS), summary: [COUNT, ...Object.values(SUMS)] })
  const found: Record<Summed, Fen> = { amount: ZERO_FEN, refunded: ZERO_FEN, fee: ZERO_FEN }
  let count = 0

  function readRow(line: number, cell: Cells): Result<BillLine, BadBillLine> {
    count += 1
    if (cell(COLUMNS.mchId) !== mchId) throw new DamagedFile('the bill is of another merchant')
    if (!cell(COLUMNS.completedAt).startsWith(day)) throw new DamagedFile('the bill is of another day')
    for (const column of ['amount', 'refunded', 'fee'] as const) {
      found[column] = addFen(found[column], parseAmount(cell(COLUMNS[column])) ?? ZERO_FEN)
    }
    const read = readCells(cell, line)
    return typeof read === 'string' ? err({ code: 'bad_line', line, reason: read }) : ok(read)
  }

  return {
    /** Takes the next lines of the file and gives what they tell of trades. @throws {DamagedFile} */
    read: (lines: readonly string[]) => table.read(lines).map(({ line, cell }) => readRow(line, cell)),
    /** Compares the summary with the lines that were read. @throws {DamagedFile} */
    finish() {
      const told = table.finish()
      if (parseCount(told(COUNT)) !== count) {
        throw new DamagedFile(`the summary counts ${told(COUNT)}, the file has ${count}`)
      }
      for (const column of ['amount', 'refunded', 'fee'] as const) {
        const text = told(SUMS[column])
        if (parseAmount(text) === found[column]) continue
        throw new DamagedFile(`the summary says ${SUMS[column]} ${text}, the lines ${toYuan(found[column])}`)
      }
    },
  }
}

function readCells(cell: Cells, line: number): BillLine | string {
  const told = cell(COLUMNS.state)
  if (told !== 'SUCCESS' && told !== 'REFUND') return `the state is ${told || 'missing'}`
  const isRefund = told === 'REFUND'
  const state = isRefund ? REFUND_STATES.get(cell(COLUMNS.refundState)) : 'done'
  if (!state) return `the refund’s state is ${cell(COLUMNS.refundState) || 'missing'}`
  const amount = parseAmount(cell(isRefund ? COLUMNS.refunded : COLUMNS.amount))
  const fee = parseAmount(cell(COLUMNS.fee) || '0')
  const completedAt = parseShanghaiTime(cell(COLUMNS.completedAt))
  if (amount === null || fee === null || amount < 0n) return 'an amount cannot be read'
  if (!completedAt) return 'the time cannot be read'
  const [providerTradeNo, outTradeNo, refundNo] = [
    cell(COLUMNS.providerTradeNo),
    cell(COLUMNS.outTradeNo),
    cell(COLUMNS.refundNo),
  ]
  if (!providerTradeNo || !outTradeNo || (isRefund && !refundNo)) return 'a number is missing'
  const kind = isRefund ? 'refund' : 'payment'
  return {
    line,
    kind,
    providerTradeNo,
    outTradeNo,
    refundNo: isRefund ? refundNo : null,
    state,
    amount,
    fee,
    completedAt,
  }
}
