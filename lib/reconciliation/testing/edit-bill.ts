import { open, readFile, writeFile } from 'node:fs/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import type { ProviderName } from '../../payments/port.ts'
import { makeZip } from '../../payments/testing/make-zip.ts'
import { listZip, unpackEntry, type ZipEntry } from '../../payments/zip-file.ts'

/** A bill opened for forgery: its rows as text, what a row says, and the file again with totals that fit. */
type Format = {
  readonly charset: 'gbk' | 'utf-8' | 'latin1'
  readonly unpack: (path: string) => Promise<Packed>
  readonly isRow: (line: string) => boolean
  readonly numberOf: (row: string) => string
  /** The row with a fee that is so many fen higher. */
  readonly dearer: (row: string, fen: number) => string
  /** The row with a time that is none. */
  readonly garbled: (row: string) => string
  /** The lines that are no rows, with totals over `rows`. */
  readonly total: (line: string, rows: readonly string[]) => string
}
type Packed = { readonly content: Buffer; readonly pack: (content: Buffer) => Buffer }

const yuan = (text: string | undefined) => Math.round(Number(text ?? 0) * 100)
const toYuan = (fen: number, digits = 2) => (fen / 100).toFixed(digits)
const sum = (rows: readonly string[], of: (row: string) => number) => rows.reduce((all, row) => all + of(row), 0)

async function unpackZip(path: string, name: RegExp): Promise<Packed> {
  const entries = await readEntries(path)
  const details = entries.find((entry) => name.test(iconv.decode(Buffer.from(entry.name), 'gbk')))
  if (!details) throw new Error('no details')
  return {
    content: details.content,
    pack: (content) => makeZip(entries.map((entry) => (entry === details ? { ...entry, content } : entry))),
  }
}

async function readEntries(path: string) {
  const file = await open(path)
  try {
    const read = async (entry: ZipEntry) => Buffer.concat(await Array.fromAsync(unpackEntry(file, entry)))
    const entries = await listZip(file, 2 ** 30)
    return await Promise.all(entries.map(async (entry) => ({ name: entry.name, content: await read(entry) })))
  } finally {
    await file.close()
  }
}

const alipayCells = (row: string) => row.split(',')
const wechatCells = (row: string) => row.slice(1).split(',`')
const wechatRow = (cells: readonly string[]) => `\`${cells.join(',`')}`
/** Columns of a settlement file, in bytes. */
const [FEE_AT, FEE_WIDTH, TIME_AT, NUMBER_AT, NUMBER_WIDTH] = [166, 13, 35, 112, 32]

export const FORMATS: Record<ProviderName, Format> = {
  alipay: {
    charset: 'gbk',
    unpack: (path) => unpackZip(path, /业务明细\.csv$/),
    isRow: (line) => /^\d/.test(line),
    numberOf: (row) => (alipayCells(row)[1] ?? '').trim(),
    dearer: (row, fen) =>
      alipayCells(row)
        .with(22, toYuan(yuan(alipayCells(row)[22]) - fen))
        .join(','),
    garbled: (row) => alipayCells(row).with(5, 'yesterday').join(','),
    total: (line, rows) => {
      const kind = /^#(交易|退款)合计/.exec(line)?.[1]
      if (!kind) return line
      const own = rows.filter((row) => alipayCells(row)[2]?.trim() === kind)
      const total = toYuan(sum(own, (row) => yuan(alipayCells(row)[12])))
      return line.replace(/：\d+笔/, `：${own.length}笔`).replace(/共-?[\d.]+元/, `共${total}元`)
    },
  },
  wechatpay: {
    charset: 'utf-8',
    unpack: async (path) => ({ content: gunzipSync(await readFile(path)), pack: (content) => gzipSync(content) }),
    isRow: (line) => /^`\d{4}-/.test(line),
    numberOf: (row) => wechatCells(row)[6] ?? '',
    dearer: (row, fen) => wechatRow(wechatCells(row).with(22, toYuan(yuan(wechatCells(row)[22]) + fen, 5))),
    garbled: (row) => wechatRow(wechatCells(row).with(0, `${wechatCells(row)[0]?.slice(0, 10)} noon`)),
    total: (line, rows) => {
      if (!line.startsWith('`')) return line
      const of = (column: number) => sum(rows, (row) => yuan(wechatCells(row)[column]))
      const sums = [toYuan(of(12)), toYuan(of(16)), '0.00', toYuan(of(22), 5), toYuan(of(24)), toYuan(of(25))]
      return wechatRow([String(rows.length), ...sums])
    },
  },
  unionpay: {
    charset: 'latin1',
    unpack: (path) => unpackZip(path, /ZM_/),
    isRow: (line) => line !== '',
    numberOf: (row) => row.slice(NUMBER_AT, NUMBER_AT + NUMBER_WIDTH).trim(),
    dearer: (row, fen) => {
      const fee = Number(row.slice(FEE_AT + 1, FEE_AT + FEE_WIDTH)) + fen
      return `${row.slice(0, FEE_AT)}D${String(fee).padStart(FEE_WIDTH - 1, '0')}${row.slice(FEE_AT + FEE_WIDTH)}`
    },
    garbled: (row) => `${row.slice(0, TIME_AT)}9999999999${row.slice(TIME_AT + 10)}`,
    total: (line) => line,
  },
}

/** Rewrites the rows of a kept bill; its totals then fit again, so that it looks sound. */
export async function editBill(
  provider: ProviderName,
  path: string,
  edit: (rows: readonly string[], format: Format) => readonly string[],
): Promise<void> {
  const format = FORMATS[provider]
  const { content, pack } = await format.unpack(path)
  const lines = iconv.decode(content, format.charset, { stripBOM: false }).split('\r\n')
  const first = lines.findIndex(format.isRow)
  const rows = edit(lines.filter(format.isRow), format)
  const rest = lines.filter((line) => !format.isRow(line)).map((line) => format.total(line, rows))
  const text = [...rest.slice(0, first), ...rows, ...rest.slice(first)].join('\r\n')
  await writeFile(path, pack(iconv.encode(text, format.charset)))
}
