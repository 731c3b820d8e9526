import 'server-only'
import type { TransactionSql } from 'postgres'
import type { BillTerms } from '#lib/domain/reconciliation.ts'
import type { BadBillLine } from '#lib/payments/bills.ts'
import type { CorruptBill } from '#lib/payments/errors.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { sql } from '../client.ts'
import { comparePayments } from './compare-payments.ts'
import { compareRefunds } from './compare-refunds.ts'
import { endWaiting } from './end-waiting.ts'
import { findUnbilledPayments, findUnbilledRefunds } from './find-unbilled.ts'
import type { DayOfProvider } from './keep-bill-file.ts'
import { type ReadBill, stageLines } from './stage-lines.ts'
import { writeDifferences } from './write-differences.ts'

export type BillProgress = (step: 'read' | 'compared', lines: number) => void

export type BillToImport = DayOfProvider & {
  readonly terms: BillTerms
  /** Null for a day without trades. */
  readonly bill: { readonly fileId: string; readonly read: ReadBill } | null
  readonly now: Date
  readonly onProgress: BillProgress
}

/** From here on reading whole tables is cheaper than looking things up. */
const MANY_LINES = 5_000

/** Carries the refusal out of the transaction, which is rolled back by it. */
class Refused extends Error {
  readonly bill: CorruptBill
  constructor(bill: CorruptBill) {
    super(bill.reason)
    this.bill = bill
  }
}

/**
 * Reads a bill, lays it beside our book and writes down what differs: all in one transaction, so that a day is matched
 * with one whole bill or not at all. A day can be imported again; its lines are replaced, and what was settled stays so.
 */
export async function importBill(given: BillToImport): Promise<Result<'matched', CorruptBill>> {
  try {
    await sql.begin((tx) => importWithin(tx, given))
    return ok('matched')
  } catch (error) {
    if (error instanceof Refused) return err(error.bill)
    throw error
  }
}

async function importWithin(tx: TransactionSql, { bill, terms, now, onProgress, ...day }: BillToImport) {
  // A bill of a million lines takes a minute; the limits of the pool are those of a page.
  await tx`set local statement_timeout = '10min'`
  await tx`set local lock_timeout = '10min'`
  // Cursors are read to their end, so the plan that is done first is wanted, not the one that begins first.
  await tx`set local cursor_tuple_fraction = 1`
  await tx`insert into bill_days (provider, day) values (${day.provider}, ${day.day}) on conflict do nothing`
  // One day of a provider after the other: each looks at what its neighbours found.
  await tx`select pg_advisory_xact_lock(hashtext('import-bill'), hashtext(${day.provider}))`
  await tx`delete from bill_lines where provider = ${day.provider} and day = ${day.day}`
  if (bill) {
    const staged = await stageLines(tx, day, bill.read, (lines) => onProgress('read', lines))
    if (!staged.ok) throw new Refused(staged.error)
    await writeDifferences(tx, day, staged.value.bad.map(toFound), now)
    await tx`update bill_files set verdict = 'whole', reason = null where id = ${bill.fileId}`
    // Nothing is known of rows that were just written, and a few thousand lines are not looked up one by one.
    if (staged.value.lines > MANY_LINES) await tx`set local enable_nestloop = off`
  }
  await comparePayments(tx, day, terms, { now, onProgress: (lines) => onProgress('compared', lines) })
  await compareRefunds(tx, day, terms, now)
  await findUnbilledPayments(tx, day, terms.window, now)
  await findUnbilledRefunds(tx, day, terms.window, now)
  await endWaiting(tx, day, now)
  await markMatched(tx, day, bill?.fileId ?? null, now)
}

async function markMatched(tx: TransactionSql, { provider, day }: DayOfProvider, fileId: string | null, now: Date) {
  await tx`
    update bill_days set state = 'matched', tries = tries + 1, next_try_at = null, problem = null, file_id = ${fileId},
      matched_at = ${now.toISOString()}::timestamptz, payments = total.payments, refunds = total.refunds,
      paid_fen = total.paid, refunded_fen = total.refunded, fees_fen = total.fees
    from (
      select count(*) filter (where kind = 'payment') as payments, count(*) filter (where kind = 'refund') as refunds,
        coalesce(sum(amount_fen) filter (where kind = 'payment'), 0) as paid,
        coalesce(sum(amount_fen) filter (where kind = 'refund'), 0) as refunded,
        coalesce(sum(fee_fen), 0) as fees
      from bill_lines where provider = ${provider} and day = ${day}
    ) as total
    where provider = ${provider} and day = ${day}`
}

const toFound = ({ line, reason }: BadBillLine) => ({
  finding: 'line_unreadable' as const,
  subject: `line ${line}`,
  line,
  attemptId: null,
  orderId: null,
  billedFen: null,
  billedFeeFen: null,
  oursFen: null,
  detail: reason,
})
