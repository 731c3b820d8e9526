import type { Struck } from '../../faults/fault-rules.ts'
import { type Fen, share } from '../../money.ts'
import type { AlipayRoom } from '../room.ts'
import { type Refund, readRefund, readTrade, type Trade } from '../trades.ts'
import { readPeriod } from './bill-period.ts'

/** One line of a bill; amounts of refunds are negative. */
export interface BillRow {
  readonly kind: 'trade' | 'refund'
  readonly tradeNo: string
  readonly outTradeNo: string
  readonly subject: string
  readonly createdAt: number
  readonly finishedAt: number
  readonly amount: Fen
  /** What the seller pays for the service: negative on a payment, positive when it comes back with a refund. */
  readonly fee: Fen
  readonly outRequestNo: string | null
  readonly remark: string | null
}

/** Every payment and refund of the day or month, in the order in which the money moved. */
export function billRows(room: AlipayRoom, date: string): BillRow[] {
  const period = readPeriod(date)
  if (!period) return []
  const payments = room.book
    .all('select * from alipay_trades where paid_at >= ? and paid_at < ?', period.from, period.to)
    .map((row) => paymentRow(room, readTrade(row)))
  const refunds = room.book
    .all(
      `select t.*, r.* from alipay_refunds r join alipay_trades t on t.trade_no = r.trade_no
       where r.refunded_at >= ? and r.refunded_at < ?`,
      period.from,
      period.to,
    )
    .map((row) => refundRow(readTrade(row), readRefund(row)))
  return [...payments, ...refunds].sort((a, b) => a.finishedAt - b.finishedAt)
}

const paymentRow = (room: AlipayRoom, trade: Trade): BillRow => ({
  kind: 'trade',
  tradeNo: trade.tradeNo,
  outTradeNo: trade.outTradeNo,
  subject: trade.subject,
  createdAt: trade.createdAt,
  finishedAt: trade.paidAt ?? trade.createdAt,
  amount: trade.total,
  fee: -share(trade.total, BigInt(room.settings.current().feePerTenThousand)),
  outRequestNo: null,
  remark: trade.body,
})

const refundRow = (trade: Trade, refund: Refund): BillRow => ({
  kind: 'refund',
  tradeNo: trade.tradeNo,
  outTradeNo: trade.outTradeNo,
  subject: trade.subject,
  createdAt: trade.createdAt,
  finishedAt: refund.refundedAt,
  amount: -refund.amount,
  fee: refund.feeBack,
  outRequestNo: refund.outRequestNo,
  remark: refund.reason,
})

/** Plants the differences that a reconciliation must find. */
export function falsifyRows(rows: readonly BillRow[], struck: Struck): BillRow[] {
  const [first] = rows
  if (!first) return []
  const amount = BigInt(struck.get('wrong_amount') ?? 0)
  const fee = BigInt(struck.get('wrong_fee') ?? 0)
  const told = [{ ...first, amount: first.amount + amount, fee: first.fee + fee }, ...rows.slice(1)]
  if (struck.has('missing_row')) told.pop()
  if (struck.has('doubled_row')) told.unshift(first)
  if (struck.has('extra_row'))
    told.push({
      ...first,
      kind: 'trade',
      outRequestNo: null,
      tradeNo: `${first.tradeNo.slice(0, 13)}999999999999999`,
      outTradeNo: 'NOBODY000001',
    })
  return told
}
