import { type Fen, toFen } from '../../domain/money.ts'
import { err, ok, type Result } from '../../result.ts'
import type { BadBillLine, BillLine } from '../bills.ts'
import { refundNumber } from './refund-calls.ts'
import { parseYearlessTime } from './times.ts'
import { CANCEL_TYPE, PAYMENT_TYPE, REFUND_TYPE } from './wire.ts'

/** The columns of a line of details in their order, with their widths in bytes; one blank stands between them. */
const COLUMNS = [
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
] as const
type Column = (typeof COLUMNS)[number][0]

/** Where each column begins and ends. */
const PLACES = new Map<Column, readonly [start: number, end: number]>()
let width = 0
for (const [column, bytes] of COLUMNS) {
  PLACES.set(column, [width, width + bytes])
  width += bytes + 1
}
const WIDTH = width - 1
const GAPS = [...PLACES.values()].map(([, end]) => end).filter((end) => end < WIDTH)

type About = { readonly line: number; readonly merId: string; readonly near: Date }

/**
 * What one line tells, or null for an empty one.
 * @param text one character for each byte.
 */
export function readBillLine(text: string, about: About): Result<BillLine, BadBillLine> | null {
  if (text.trim() === '') return null
  const read = readColumns(text, about)
  return typeof read === 'string' ? err({ code: 'bad_line', line: about.line, reason: read }) : ok(read)
}

function readColumns(text: string, { line, merId, near }: About): BillLine | string {
  if (text.length < WIDTH) return `it is cut short: ${text.length} of ${WIDTH} bytes`
  if (GAPS.some((at) => text[at] !== ' ')) return 'its columns are not where they should be'
  const cell = (column: Column) => text.slice(...(PLACES.get(column) ?? [0, 0])).trim()
  const type = cell('txnType')
  if (type !== PAYMENT_TYPE && type !== REFUND_TYPE && type !== CANCEL_TYPE) return `its type is ${type || 'missing'}`
  if (cell('merId') !== merId) return 'it is of another merchant'
  const amount = parseDigits(cell('txnAmt'))
  const fee = parseSigned(cell('merCharge') || 'C0')
  const completedAt = parseYearlessTime(cell('txnTime'), near)
  if (amount === null || fee === null) return 'an amount cannot be read'
  if (!completedAt) return 'the time cannot be read'
  const isPayment = type === PAYMENT_TYPE
  const providerTradeNo = cell(isPayment ? 'queryId' : 'origQryId')
  if (!providerTradeNo || !cell('orderId')) return 'a number is missing'
  return {
    line,
    kind: isPayment ? 'payment' : 'refund',
    providerTradeNo,
    outTradeNo: isPayment ? cell('orderId') : null,
    refundNo: isPayment ? null : refundNumber(cell('orderId'), type),
    // The file lists what was settled, nothing that is under way.
    state: 'done',
    amount,
    fee,
    completedAt,
  }
}

const parseDigits = (text: string): Fen | null => (/^\d{1,12}$/.test(text) ? toFen(BigInt(text)) : null)

/** D takes from the merchant, C gives; a fee is positive when it was taken. */
function parseSigned(text: string): Fen | null {
  const amount = parseDigits(text.slice(1))
  if (amount === null) return null
  if (text.startsWith('D')) return amount
  return text.startsWith('C') ? toFen(-amount) : null
}
