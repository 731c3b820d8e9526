import { formatYuan } from '../../money.ts'
import { shanghaiTime } from '../../shanghai-time.ts'
import { BUYER } from '../accounts.ts'
import { RefundOrder } from '../biz-fields.ts'
import { refundTrade } from '../move-trade.ts'
import { type Fields, type Outcome, type Problem, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { AlipayRoom } from '../room.ts'
import { findRefund, findTrade, type Refund, type Trade } from '../trades.ts'
import { chooseTrade, noSuchTrade } from './choose-trade.ts'

/** A request number that was refunded before is answered again without moving money, whatever became of the trade since. */
export function refundPayment(room: AlipayRoom, request: GatewayRequest): Outcome {
  const chosen = chooseTrade(room, RefundOrder, request.biz)
  if (!chosen.value) return chosen
  const { trade, value } = chosen
  if (!trade) return noSuchTrade
  const outRequestNo = value.out_request_no ?? trade.outTradeNo
  const earlier = findRefund(room, trade.tradeNo, outRequestNo)
  if (earlier) {
    if (earlier.amount !== value.refund_amount) return { problem: problem('ACQ.DISCORDANT_REPEAT_REQUEST') }
    return { fields: refundFields(trade, earlier, 'N', value.query_options) }
  }
  const refusal = refusalOf(trade, value.refund_amount)
  if (refusal) return { problem: refusal }
  const done = refundTrade(room, trade, {
    outRequestNo,
    amount: value.refund_amount,
    reason: value.refund_reason ?? null,
  })
  if ('problem' in done) return done
  const after = findTrade(room, { tradeNo: trade.tradeNo }) ?? trade
  return { fields: refundFields(after, done.refund, 'Y', value.query_options) }
}

function refusalOf(trade: Trade, amount: bigint): Problem | null {
  if (trade.status === 'WAIT_BUYER_PAY') return problem('ACQ.TRADE_STATUS_ERROR')
  if (trade.status === 'TRADE_FINISHED') return problem('ACQ.TRADE_HAS_FINISHED')
  if (trade.status === 'TRADE_CLOSED') return problem('ACQ.TRADE_HAS_CLOSE')
  return amount > trade.total - trade.refunded ? problem('ACQ.REASON_TRADE_REFUND_FEE_ERR') : null
}

/** `refund_fee` is all that was ever given back of the trade, not what this request asked for. */
function refundFields(trade: Trade, refund: Refund, fundChange: 'Y' | 'N', options: readonly string[] = []): Fields {
  return {
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    buyer_logon_id: BUYER.logonId,
    buyer_user_id: BUYER.userId,
    fund_change: fundChange,
    refund_fee: formatYuan(trade.refunded),
    send_back_fee: formatYuan(refund.amount),
    gmt_refund_pay: shanghaiTime(refund.refundedAt),
    refund_detail_item_list: options.includes('refund_detail_item_list') ? refundDetail(refund) : undefined,
  }
}

export const refundDetail = (refund: Refund): Fields[] => [
  { fund_channel: 'ALIPAYACCOUNT', amount: formatYuan(refund.amount), real_amount: formatYuan(refund.amount) },
]
