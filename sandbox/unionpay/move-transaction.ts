import { notifyOf } from './notification.ts'
import type { RespCode } from './response-codes.ts'
import type { UnionpayRoom } from './room.ts'
import { findTransaction, readTransaction, type Transaction } from './transactions.ts'
import { settlementDay } from './txn-time.ts'

/** Each of these is one transaction, changes the status only from one that it may start at, and queues what is to be told. */

/**
 * The buyer's bank took the money, or said yes to giving it back.
 * @param at when it did: a clock that leaps must not move money to another settlement day
 * @returns false when it was decided before
 */
export function succeed(
  room: UnionpayRoom,
  queryId: string,
  { cardNo = null, at = room.clock.now() }: { cardNo?: string | null; at?: number } = {},
): boolean {
  return room.book.transaction(() => {
    const row = room.book.get(
      `update unionpay_transactions set status = 'succeeded', resp_code = '00', done_at = ?, settle_day = ?,
         card_no = coalesce(?, card_no), decides_at = null
       where query_id = ? and (status = 'pending' or status = 'open' and expires_at > ?) returning *`,
      at,
      settlementDay(at),
      cardNo,
      queryId,
      at,
    )
    if (row) notifyOf(room, readTransaction(row))
    return row !== undefined
  })
}

/** The bank refused this card; the buyer may try again. */
export function keepRefusal(room: UnionpayRoom, queryId: string, respCode: RespCode, cardNo: string): void {
  room.book.run(
    "update unionpay_transactions set resp_code = ?, card_no = ? where query_id = ? and status = 'open'",
    respCode,
    cardNo,
    queryId,
  )
}

/** The bank has taken the card and not answered; it will, unless the switchboard answers before. */
export function waitForBank(room: UnionpayRoom, queryId: string, cardNo: string): boolean {
  const now = room.clock.now()
  const row = room.book.get(
    `update unionpay_transactions set status = 'pending', resp_code = '05', card_no = ?, decides_at = ?
     where query_id = ? and status = 'open' and expires_at > ? returning 1`,
    cardNo,
    now + room.settings.current().slowBankMs,
    queryId,
    now,
  )
  return row !== undefined
}

/** A failure is not notified: the merchant learns of it by asking. @returns false when it was decided before */
export function fail(room: UnionpayRoom, queryId: string, respCode: RespCode = '01'): boolean {
  const row = room.book.get(
    `update unionpay_transactions set status = 'failed', resp_code = ?, done_at = ?, decides_at = null
     where query_id = ? and status in ('open', 'pending') returning 1`,
    respCode,
    room.clock.now(),
    queryId,
  )
  return row !== undefined
}

export function expire(room: UnionpayRoom, queryId: string): boolean {
  const row = room.book.get(
    "update unionpay_transactions set status = 'expired', done_at = ? where query_id = ? and status = 'open' returning 1",
    room.clock.now(),
    queryId,
  )
  return row !== undefined
}

/** The buyer's bank sends the money although the time to pay is over. @returns false unless it is */
export function payLate(room: UnionpayRoom, queryId: string, cardNo: string): boolean {
  return room.book.transaction(() => {
    const reopened = room.book.get(
      "update unionpay_transactions set status = 'pending' where query_id = ? and status = 'expired' returning 1",
      queryId,
    )
    return reopened !== undefined && succeed(room, queryId, { cardNo })
  })
}

/** What time does by itself: unpaid orders end, banks answer, accepted refunds are executed. */
export function letTimePass(room: UnionpayRoom): void {
  const now = room.clock.now()
  const unpaid = room.book.all(
    "select * from unionpay_transactions where status = 'open' and expires_at <= ? order by expires_at",
    now,
  )
  for (const row of unpaid) expire(room, readTransaction(row).queryId)
  const due = room.book.all(
    "select * from unionpay_transactions where status = 'pending' and decides_at <= ? order by decides_at, seq",
    now,
  )
  for (const { queryId, decidesAt } of due.map(readTransaction)) succeed(room, queryId, { at: decidesAt ?? now })
}

/** The payment that a refund or cancel belongs to; itself for a payment. */
export function paymentOf(room: UnionpayRoom, transaction: Transaction): Transaction {
  if (transaction.origQueryId === null) return transaction
  const payment = findTransaction(room, { queryId: transaction.origQueryId })
  if (!payment) throw new Error(`The book lost payment ${transaction.origQueryId}`)
  return payment
}
