import type { Struck } from '../../faults/fault-rules.ts'
import { type Fen, share } from '../../money.ts'
import { type Refund, readRefund } from '../refunds.ts'
import type { WechatPayRoom } from '../room.ts'
import { findTrade, readTrade, type Trade } from '../trades.ts'
import type { Day } from './bill-day.ts'
import type { TradeBillType } from './bill-fields.ts'

/** A payment, or a refund that was accepted. */
export interface BillRow {
  readonly trade: Trade
  readonly refund: Refund | null
  readonly at: number
  readonly amount: Fen
  /** What the merchant pays for the service; negative where it comes back with a refund. */
  readonly fee: Fen
}

/** Every payment and accepted refund of the day, in their order, with what a fault plants among them. */
export function tradeRows(room: WechatPayRoom, { from, to }: Day, type: TradeBillType, struck: Struck): BillRow[] {
  const rate = BigInt(room.settings.current().feePerTenThousand)
  const payments = room.book
    .all('select * from wechatpay_trades where paid_at >= ? and paid_at < ?', from, to)
    .map(readTrade)
    .map((trade): BillRow => {
      const { total: amount } = trade
      return { trade, refund: null, at: trade.paidAt ?? from, amount, fee: share(amount, rate) }
    })
  const refunds = room.book
    .all('select * from wechatpay_refunds where created_at >= ? and created_at < ?', from, to)
    .map(readRefund)
    .flatMap((refund): BillRow[] => {
      const trade = findTrade(room, refund)
      return trade ? [{ trade, refund, at: refund.createdAt, amount: refund.amount, fee: -refund.feeBack }] : []
    })
  const wanted = [...(type === 'REFUND' ? [] : payments), ...(type === 'SUCCESS' ? [] : refunds)]
  return falsify(
    wanted.sort((a, b) => a.at - b.at),
    struck,
  )
}

/** Plants the differences that a reconciliation must find. */
function falsify(rows: readonly BillRow[], struck: Struck): BillRow[] {
  const [first] = rows
  if (!first) return []
  const amount = BigInt(struck.get('wrong_amount') ?? 0)
  const fee = BigInt(struck.get('wrong_fee') ?? 0)
  const told = [{ ...first, amount: first.amount + amount, fee: first.fee + fee }, ...rows.slice(1)]
  if (struck.has('missing_row')) told.pop()
  if (struck.has('doubled_row')) told.unshift(first)
  if (struck.has('extra_row')) told.push({ ...first, refund: null, trade: strange(first.trade) })
  return told
}

const strange = (trade: Trade): Trade => ({
  ...trade,
  outTradeNo: 'NOBODY000001',
  transactionId: `${trade.transactionId.slice(0, 10)}999999999999999999`,
})
