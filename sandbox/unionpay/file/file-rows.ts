import type { Struck } from '../../faults/fault-rules.ts'
import { type Fen, share } from '../../money.ts'
import { paymentOf } from '../move-transaction.ts'
import type { UnionpayRoom } from '../room.ts'
import { readTransaction, type Transaction } from '../transactions.ts'

/** One line of a settlement file. Amounts are what the merchant receives: negative when it pays. */
export interface FileRow {
  readonly transaction: Transaction
  /** The payment that a refund or cancel gave back; null for a payment. */
  readonly payment: Transaction | null
  readonly amount: Fen
  readonly settled: Fen
  readonly charge: Fen
}

/** Every transaction of a settlement day, `YYYYMMDD`, in the order in which the money moved. */
export function fileRows(room: UnionpayRoom, day: string): FileRow[] {
  const rate = BigInt(room.settings.current().feePerTenThousand)
  return room.book
    .all('select * from unionpay_transactions where settle_day = ? order by done_at, seq', day)
    .map(readTransaction)
    .map((transaction) => {
      const { amount } = transaction
      const isPayment = transaction.txnType === '01'
      return {
        transaction,
        payment: isPayment ? null : paymentOf(room, transaction),
        amount,
        settled: isPayment ? amount : -amount,
        charge: isPayment ? -share(amount, rate) : feeBack(room, transaction, rate),
      }
    })
}

/** Reckoned on the running sum, so that all parts together give back exactly the fee of the whole. */
function feeBack(room: UnionpayRoom, { queryId, origQueryId, amount }: Transaction, rate: bigint): Fen {
  const row = room.book.get(
    `select coalesce(sum(amount_fen), 0) as before from unionpay_transactions
     where orig_query_id = ? and status = 'succeeded'
       and (done_at, seq) < (select done_at, seq from unionpay_transactions where query_id = ?)`,
    origQueryId,
    queryId,
  )
  const before = typeof row?.['before'] === 'bigint' ? row['before'] : 0n
  return share(before + amount, rate) - share(before, rate)
}

/** Plants the differences that a reconciliation must find. */
export function falsifyRows(rows: readonly FileRow[], struck: Struck): FileRow[] {
  const [first] = rows
  if (!first) return []
  const amount = BigInt(struck.get('wrong_amount') ?? 0)
  const fee = BigInt(struck.get('wrong_fee') ?? 0)
  const altered = {
    ...first,
    amount: first.amount + amount,
    settled: first.settled + (first.settled < 0n ? -amount : amount),
    charge: first.charge - fee,
  }
  const told: FileRow[] = [altered, ...rows.slice(1)]
  if (struck.has('missing_row')) told.pop()
  if (struck.has('doubled_row')) told.unshift(first)
  if (struck.has('extra_row'))
    told.push({
      ...first,
      payment: null,
      transaction: {
        ...first.transaction,
        txnType: '01',
        origQueryId: null,
        orderId: 'NOBODY000001',
        queryId: `${first.transaction.queryId.slice(0, 14)}9999998`,
      },
    })
  return told
}
