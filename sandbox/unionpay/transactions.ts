import { z } from 'zod'
import { instant, instantOrNull, type Row, text, textOrNull, whole } from '../book/open-book.ts'
import type { Fen } from '../money.ts'
import { isRespCode, type RespCode } from './response-codes.ts'
import type { UnionpayRoom } from './room.ts'

/** Payment, refund, cancel. */
export type TxnType = '01' | '04' | '31'
export type Status = 'open' | 'pending' | 'succeeded' | 'failed' | 'expired'

/** What only the messages and pages about a transaction need, kept as JSON. */
export const Terms = z.object({
  bizType: z.string(),
  txnSubType: z.string(),
  channelType: z.string(),
  encoding: z.string(),
  backUrl: z.string(),
  frontUrl: z.string().nullable(),
  frontFailUrl: z.string().nullable(),
  reqReserved: z.string().nullable(),
  subject: z.string().nullable(),
  /** All that was signed: what the same order must repeat. */
  signed: z.string(),
})
export type Terms = z.infer<typeof Terms>

export interface Transaction {
  readonly queryId: string
  readonly txnType: TxnType
  readonly orderId: string
  readonly txnTime: string
  readonly status: Status
  /** Of a payment that is open: the bank's last refusal. */
  readonly respCode: RespCode | null
  readonly amount: Fen
  readonly origQueryId: string | null
  readonly traceNo: string
  readonly token: string | null
  readonly terms: Terms
  readonly cardNo: string | null
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly decidesAt: number | null
  readonly doneAt: number | null
  readonly settleDay: string | null
}

export type TransactionKey =
  | { readonly queryId: string }
  | { readonly token: string }
  | { readonly orderId: string; readonly txnTime: string }
  /** The last one with this number, whatever its time. */
  | { readonly orderId: string }

export function findTransaction(room: UnionpayRoom, key: TransactionKey): Transaction | null {
  const row = findRow(room, key)
  return row ? readTransaction(row) : null
}

function findRow({ book }: UnionpayRoom, key: TransactionKey): Row | undefined {
  if ('queryId' in key) return book.get('select * from unionpay_transactions where query_id = ?', key.queryId)
  if ('token' in key) return book.get('select * from unionpay_transactions where token = ?', key.token)
  if ('txnTime' in key)
    return book.get('select * from unionpay_transactions where order_id = ? and txn_time = ?', key.orderId, key.txnTime)
  return book.get('select * from unionpay_transactions where order_id = ? order by seq desc limit 1', key.orderId)
}

/** Newest first. */
export function listTransactions(room: UnionpayRoom, limit: number): Transaction[] {
  return room.book.all('select * from unionpay_transactions order by seq desc limit ?', limit).map(readTransaction)
}

/** The refunds and cancels of a payment, oldest first. */
export function listReturns(room: UnionpayRoom, queryId: string): Transaction[] {
  return room.book
    .all('select * from unionpay_transactions where orig_query_id = ? order by seq', queryId)
    .map(readTransaction)
}

/** What was given back or is about to be. */
export const returnedOf = (returns: readonly Transaction[]): Fen =>
  returns.filter(({ status }) => status !== 'failed').reduce((sum, { amount }) => sum + amount, 0n)

export interface NewTransaction {
  readonly txnType: TxnType
  readonly orderId: string
  readonly txnTime: string
  readonly amount: Fen
  readonly terms: Terms
  readonly origQueryId?: string
  readonly expiresAt?: number
  readonly decidesAt?: number | null
}

/** A payment begins open at the cashier, a refund or cancel as accepted. */
export function insertTransaction(room: UnionpayRoom, order: NewTransaction): Transaction {
  const { book, clock, ids } = room
  const last = book.get('select coalesce(max(seq), 0) as seq from unionpay_transactions')
  const traceNo = String(((last ? whole(last, 'seq') : 0n) + 1n) % 1_000_000n).padStart(6, '0')
  const row = book.get(
    `insert into unionpay_transactions (query_id, txn_type, order_id, txn_time, status, amount_fen, orig_query_id,
       trace_no, token, terms, created_at, expires_at, decides_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning *`,
    `${ids.digits(2)}${order.txnTime.slice(2)}${traceNo}8`,
    order.txnType,
    order.orderId,
    order.txnTime,
    order.txnType === '01' ? 'open' : 'pending',
    order.amount,
    order.origQueryId ?? null,
    traceNo,
    order.txnType === '01' ? ids.token(24) : null,
    JSON.stringify(order.terms),
    clock.now(),
    order.expiresAt ?? null,
    order.decidesAt ?? null,
  )
  if (!row) throw new Error(`The book did not keep transaction ${order.orderId}`)
  return readTransaction(row)
}

const STATUSES: readonly Status[] = ['open', 'pending', 'succeeded', 'failed', 'expired']
const TXN_TYPES: readonly TxnType[] = ['01', '04', '31']

function oneOf<T extends string>(row: Row, column: string, known: readonly T[]): T {
  const found = known.find((value) => value === text(row, column))
  if (!found) throw new TypeError(`${text(row, column)} is no ${column}`)
  return found
}

export function readTransaction(row: Row): Transaction {
  const respCode = textOrNull(row, 'resp_code')
  return {
    queryId: text(row, 'query_id'),
    txnType: oneOf(row, 'txn_type', TXN_TYPES),
    orderId: text(row, 'order_id'),
    txnTime: text(row, 'txn_time'),
    status: oneOf(row, 'status', STATUSES),
    respCode: respCode !== null && isRespCode(respCode) ? respCode : null,
    amount: whole(row, 'amount_fen'),
    origQueryId: textOrNull(row, 'orig_query_id'),
    traceNo: text(row, 'trace_no'),
    token: textOrNull(row, 'token'),
    terms: Terms.parse(JSON.parse(text(row, 'terms'))),
    cardNo: textOrNull(row, 'card_no'),
    createdAt: instant(row, 'created_at'),
    expiresAt: instantOrNull(row, 'expires_at'),
    decidesAt: instantOrNull(row, 'decides_at'),
    doneAt: instantOrNull(row, 'done_at'),
    settleDay: textOrNull(row, 'settle_day'),
  }
}
