import { encodeText } from '../../http/charset.ts'
import type { Fen } from '../../money.ts'
import type { Merchant } from '../room.ts'
import type { TxnType } from '../transactions.ts'
import type { FileRow } from './file-rows.ts'

/** The codes of the settlement; what a transaction is, programs read from its type. */
const TRADE_CODES: Record<TxnType, string> = { '01': 'S22', '04': 'S30', '31': 'S31' }
const ACQUIRER = '01040000'

type Cell = (row: FileRow, merchant: Merchant) => string | bigint

/** Numbers are filled with zeros on the left, words with blanks on the right, to a width in bytes of GBK. */
const COLUMNS: readonly (readonly [width: number, cell: Cell])[] = [
  [3, ({ transaction }) => TRADE_CODES[transaction.txnType]],
  [11, () => ACQUIRER],
  [11, () => ACQUIRER],
  [6, ({ transaction }) => transaction.traceNo],
  [10, ({ transaction }) => transaction.txnTime.slice(4)],
  [19, ({ transaction, payment }) => maskedCard((payment ?? transaction).cardNo ?? '')],
  [12, ({ amount }) => amount],
  [4, () => '5950'],
  [2, ({ transaction }) => transaction.terms.channelType],
  [21, ({ transaction }) => transaction.queryId],
  [2, () => ''],
  [32, ({ transaction }) => transaction.orderId],
  [2, () => '01'],
  [6, ({ payment }) => payment?.traceNo ?? 0n],
  [10, ({ payment }) => payment?.txnTime.slice(4) ?? 0n],
  [13, ({ charge }) => signed(charge)],
  [13, ({ settled }) => signed(settled)],
  [4, () => '0201'],
  [15, () => ''],
  [2, ({ transaction }) => transaction.txnType],
  [2, ({ transaction }) => transaction.terms.txnSubType],
  [6, ({ transaction }) => transaction.terms.bizType],
  [2, () => '01'],
  [4, () => ''],
  [32, () => ''],
  [1, () => ''],
  [21, ({ payment }) => payment?.queryId ?? ''],
  [15, (_, { merId }) => merId],
  [1, () => ''],
  [15, () => ''],
  [32, (_, { abbreviation }) => abbreviation],
  [13, () => signed(0n)],
  [13, ({ settled, charge }) => signed(settled + charge)],
  [8, () => '01080209'],
  [32, ({ transaction }) => transaction.terms.reqReserved ?? ''],
  [13, () => signed(0n)],
  [13, () => signed(0n)],
  [12, () => 0n],
  [2, () => ''],
  [1, () => ''],
]

/** `C` is for the merchant, `D` from it. */
const signed = (fen: Fen): string => `${fen < 0n ? 'D' : 'C'}${(fen < 0n ? -fen : fen).toString().padStart(12, '0')}`

const maskedCard = (cardNo: string): string => cardNo.replace(/^(.{6}).*(.{4})$/, '$1******$2')

/** One line of a `ZM` file without its end, in GBK; its columns are separated by one blank. */
export function fileLine(row: FileRow, merchant: Merchant): Buffer {
  const cells = COLUMNS.map(([width, cell]) => fill(cell(row, merchant), width))
  return Buffer.concat(cells.flatMap((bytes, index) => (index === 0 ? [bytes] : [BLANK, bytes])))
}

const BLANK = Buffer.from(' ')

function fill(value: string | bigint, width: number): Buffer {
  if (typeof value === 'bigint') return Buffer.from(value.toString().padStart(width, '0'))
  const bytes = encodeText(oneLine(value), 'gbk').subarray(0, width)
  return Buffer.concat([bytes, Buffer.alloc(width - bytes.length, ' ')])
}

const oneLine = (words: string): string => words.replaceAll(/[\r\n]/g, ' ')
