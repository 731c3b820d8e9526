import { addFen, toYuan, ZERO_FEN } from '../../domain/money.ts'
import { parseShanghaiTime } from '../../domain/shanghai-time.ts'
import { err, ok, type Result } from '../../result.ts'
import type { BadBillLine, FundFlowLine } from '../bills.ts'
import { DamagedFile } from '../damaged-file.ts'
import { type Cells, createBillTable, parseAmount, parseCount } from './bill-table.ts'

const COLUMNS = {
  bookedAt: '记账时间',
  providerNo: '微信支付业务单号',
  flowNo: '资金流水单号',
  kind: '业务类型',
  direction: '收支类型',
  amount: '收支金额（元）',
  balance: '账户结余（元）',
} as const
const COUNT = '资金流水总笔数'
const DIRECTIONS = [
  { word: '收入', direction: 'in', count: '收入笔数', sum: '收入金额' },
  { word: '支出', direction: 'out', count: '支出笔数', sum: '支出金额' },
] as const

/** A fund-flow bill of one day as it is read from top to bottom. */
export function createFundFlowSheet() {
  const summary = [COUNT, ...DIRECTIONS.flatMap(({ count, sum }) => [count, sum])]
  const table = createBillTable({ rows: Object.values(COLUMNS), summary })
  const found = { in: { count: 0, sum: ZERO_FEN }, out: { count: 0, sum: ZERO_FEN } }
  let count = 0

  function readRow(line: number, cell: Cells): Result<FundFlowLine, BadBillLine> {
    count += 1
    const direction = directionOf(cell)
    if (direction) {
      found[direction].count += 1
      found[direction].sum = addFen(found[direction].sum, parseAmount(cell(COLUMNS.amount)) ?? ZERO_FEN)
    }
    const read = readCells(cell, line)
    return typeof read === 'string' ? err({ code: 'bad_line', line, reason: read }) : ok(read)
  }

  return {
    /** Takes the next lines of the file and gives the movements in them. @throws {DamagedFile} */
    read: (lines: readonly string[]) => table.read(lines).map(({ line, cell }) => readRow(line, cell)),
    /** Compares the summary with the lines that were read. @throws {DamagedFile} */
    finish() {
      const told = table.finish()
      if (parseCount(told(COUNT)) !== count) {
        throw new DamagedFile(`the summary counts ${told(COUNT)}, the file has ${count}`)
      }
      for (const { word, direction, ...names } of DIRECTIONS) {
        const { count: lines, sum } = found[direction]
        if (parseCount(told(names.count)) === lines && parseAmount(told(names.sum)) === sum) continue
        throw new DamagedFile(`the summary differs in ${word} from the lines, which are ${lines} and ${toYuan(sum)}`)
      }
    },
  }
}

const directionOf = (cell: Cells) => DIRECTIONS.find(({ word }) => word === cell(COLUMNS.direction))?.direction

function readCells(cell: Cells, line: number): FundFlowLine | string {
  const direction = directionOf(cell)
  if (!direction) return `the direction is ${cell(COLUMNS.direction) || 'missing'}`
  const amount = parseAmount(cell(COLUMNS.amount))
  const balance = parseAmount(cell(COLUMNS.balance))
  const bookedAt = parseShanghaiTime(cell(COLUMNS.bookedAt))
  if (amount === null || balance === null || amount < 0n) return 'an amount cannot be read'
  if (!bookedAt) return 'the time cannot be read'
  const [flowNo, providerNo] = [cell(COLUMNS.flowNo), cell(COLUMNS.providerNo)]
  if (!flowNo || !providerNo) return 'a number is missing'
  return { line, direction, amount, balance, kind: cell(COLUMNS.kind), flowNo, providerNo, bookedAt }
}
