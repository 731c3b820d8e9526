import { deflateSync } from 'node:zlib'
import { makeZip } from '../../testing/make-zip.ts'
import { MER_ID } from './unionpay-double.ts'

/** Widths of a line of details, as UnionPay publishes them; written down again here, apart from the reader's. */
const WIDTHS = [
  3, 11, 11, 6, 10, 19, 12, 4, 2, 21, 2, 32, 2, 6, 10, 13, 13, 4, 15, 2, 2, 6, 2, 4, 32, 1, 21, 15, 1, 15, 32, 13, 13,
  8, 32, 13, 13, 12, 2, 1,
]

/** `瓷器店` in GBK: six bytes for three characters. */
export const ABBREVIATION = Buffer.from('b4c9c6f7b5ea', 'hex')

export type LineValues = {
  readonly txnType?: string
  readonly txnTime?: string
  readonly amount?: string
  readonly queryId?: string
  readonly origQryId?: string
  readonly orderId?: string
  readonly charge?: string
  readonly merId?: string
}

/** One line as bytes, without its end. */
export function billLine({
  txnType = '01',
  txnTime = '1121173005',
  amount = '000000026800',
  queryId = '782611211730000740281',
  origQryId = '',
  orderId = '261121K7M2Q9ZTKFCADE01',
  charge = 'D000000000161',
  merId = MER_ID,
}: LineValues = {}): Buffer {
  const cells: (string | Buffer)[] = [
    ...['S22', '00049992', '00049992', '067402', txnTime, '6216***********0018', amount, '5311', '07', queryId],
    ...['', orderId, '01', '', '', charge, 'C000000026639', '0001', '', txnType],
    ...['01', '000201', '01', '0001', '', '0', origQryId, merId, '0', '', ABBREVIATION, 'C000000000000'],
    ...['C000000026639', '01080209', '', 'C000000000000', 'C000000000000', '000000000000', '00', '0'],
  ]
  const padded = cells.map((cell, at) => {
    const bytes = Buffer.from(cell)
    return Buffer.concat([bytes, Buffer.alloc((WIDTHS[at] ?? 0) - bytes.length, ' ')])
  })
  return Buffer.concat(padded.flatMap((bytes, at) => (at === 0 ? [bytes] : [Buffer.from(' '), bytes])))
}

export const billText = (lines: readonly Uint8Array[]): Buffer =>
  Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\r\n')]))

/** The archive of a settlement day, `yyMMdd`. */
export const billZip = (content: Uint8Array, { date = '261121', merId = MER_ID } = {}): Buffer =>
  makeZip([
    { name: Buffer.from(`INN${date}88ZME_${merId}`), content: Buffer.alloc(0) },
    { name: Buffer.from(`INN${date}88ZM_${merId}`), content },
  ])

/** As the file server packs it. */
export const fileContent = (zip: Uint8Array): string => deflateSync(zip).toString('base64')
