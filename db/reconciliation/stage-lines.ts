import 'server-only'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { TransactionSql } from 'postgres'
import type { BadBillLine, BillLine, TakeBillLines } from '#lib/payments/bills.ts'
import type { CorruptBill } from '#lib/payments/errors.ts'
import type { Result } from '#lib/result.ts'
import type { DayOfProvider } from './keep-bill-file.ts'

/** Reads a bill from its beginning and gives its lines to `take`. */
export type ReadBill = (take: TakeBillLines) => Promise<Result<'whole', CorruptBill>>

/** More than this is no odd line: the file is of a kind that we do not know. */
const MAX_BAD_LINES = 100

export type Staged = { readonly lines: number; readonly bad: readonly BadBillLine[] }

/** Writes the lines of a bill as they are read; the caller's transaction takes them back when the bill is corrupt. */
export async function stageLines(
  tx: TransactionSql,
  { provider, day }: DayOfProvider,
  read: ReadBill,
  onProgress: (lines: number) => void,
): Promise<Result<Staged, CorruptBill>> {
  const copy = await tx`
    copy bill_lines (provider, day, line, kind, state, provider_trade_no, out_trade_no, refund_no, amount_fen, fee_fen,
      completed_at) from stdin`.writable()
  // Whoever waits for the stream is told of its error; without a listener it would end the process as well.
  copy.on('error', () => undefined)
  const bad: BadBillLine[] = []
  let lines = 0
  const take: TakeBillLines = async (taken) => {
    let text = ''
    for (const line of taken) {
      if (line.ok) text += toRow(line.value, provider, day)
      else if (bad.length < MAX_BAD_LINES) bad.push(line.error)
    }
    lines += taken.length
    if (!copy.write(text)) await once(copy, 'drain')
    onProgress(lines)
  }
  const outcome = await read(take).catch((error: Error) => {
    // An open COPY would keep the connection, and with it the end of the transaction.
    copy.destroy(error)
    throw error
  })
  copy.end()
  await finished(copy)
  if (!outcome.ok) return outcome
  if (bad.length >= MAX_BAD_LINES || (bad.length > 0 && bad.length === lines)) {
    const reason = `${bad.length} of ${lines} lines cannot be read, the first is line ${bad[0]?.line}: ${bad[0]?.reason}`
    return { ok: false, error: { code: 'corrupt', reason } }
  }
  return { ok: true, value: { lines, bad } }
}

const toRow = (line: BillLine, provider: string, day: string): string =>
  `${provider}\t${day}\t${line.line}\t${line.kind}\t${line.state}\t${cell(line.providerTradeNo)}\t${cell(line.outTradeNo)}\t${cell(line.refundNo)}\t${line.amount}\t${line.fee}\t${line.completedAt.toISOString()}\n`

const ESCAPED = /[\\\t\n\r\0]/g

/** NUL is the one character that PostgreSQL's text cannot hold. */
const cell = (text: string | null): string =>
  text === null ? '\\N' : text.replace(ESCAPED, (found) => (found === '\0' ? '' : `\\${NAMES.get(found) ?? found}`))
const NAMES: ReadonlyMap<string, string> = new Map([
  ['\t', 't'],
  ['\n', 'n'],
  ['\r', 'r'],
])
