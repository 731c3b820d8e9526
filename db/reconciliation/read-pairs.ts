import 'server-only'
import type { TransactionSql } from 'postgres'
import { toFen } from '#lib/domain/money.ts'
import type { Billed } from '#lib/domain/reconciliation.ts'

/** What both cursors tell of the bill; bigints come as text. */
export type BilledRow = {
  line: number
  state: Billed['state']
  amount: string
  fee: string
  trade_no: string
  completed_ms: number
  is_repeat: boolean
}

export const billedSide = (row: BilledRow): Billed => ({
  state: row.state,
  amount: toFen(BigInt(row.amount)),
  fee: toFen(BigInt(row.fee)),
  providerTradeNo: row.trade_no,
  completedAt: new Date(row.completed_ms),
  isRepeat: row.is_repeat,
})

export const toBigInt = (text: string | null): bigint | null => (text === null ? null : BigInt(text))

const ROWS_AT_ONCE = 5_000

/**
 * Reads the cursor `pairs` of the caller's transaction to its end and closes it. A cursor by statement, not the
 * driver's: between two reads the same connection writes what was found.
 * @param take gets the rows, and how many there were so far.
 */
export async function readPairs<Row extends object>(
  tx: TransactionSql,
  take: (rows: readonly Row[], count: number) => Promise<void>,
): Promise<void> {
  for (let count = 0; ; ) {
    // Not prepared: the driver would take the columns of another cursor for those of this one.
    const rows = await tx.unsafe<Row[]>(`fetch ${ROWS_AT_ONCE} from pairs`)
    if (rows.length === 0) break
    count += rows.length
    await take(rows, count)
  }
  await tx.unsafe('close pairs')
}
