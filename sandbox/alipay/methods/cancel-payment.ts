import { shanghaiTime } from '../../shanghai-time.ts'
import { TradeChoice } from '../biz-fields.ts'
import { closeTrade, refundTrade } from '../move-trade.ts'
import { type Outcome, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { AlipayRoom } from '../room.ts'
import type { Trade } from '../trades.ts'
import { chooseTrade } from './choose-trade.ts'

/** For results that stayed unknown: closes what is unpaid, gives back what is paid, and says which of the two it did. */
export function cancelPayment(room: AlipayRoom, request: GatewayRequest): Outcome {
  const chosen = chooseTrade(room, TradeChoice, request.biz)
  if (!chosen.value) return chosen
  const { trade, value } = chosen
  if (!trade) return { fields: { out_trade_no: value.out_trade_no, retry_flag: 'N' } }
  if (trade.status === 'TRADE_FINISHED') return { problem: problem('ACQ.TRADE_HAS_FINISHED') }
  const common = { trade_no: trade.tradeNo, out_trade_no: trade.outTradeNo, retry_flag: 'N' }
  if (trade.status === 'TRADE_CLOSED') return { fields: common }
  if (closeTrade(room, trade.tradeNo)) return { fields: { ...common, action: 'close' } }
  return giveBack(room, trade, common)
}

function giveBack(room: AlipayRoom, trade: Trade, common: Record<string, string>): Outcome {
  if (room.clock.now() - trade.createdAt > room.settings.current().cancelWindowMs)
    return { problem: problem('ACQ.TRADE_CANCEL_TIME_OUT') }
  const given = refundTrade(room, trade, {
    outRequestNo: trade.outTradeNo,
    amount: trade.total - trade.refunded,
    reason: null,
  })
  if ('problem' in given) return { problem: given.problem, fields: { ...common, retry_flag: 'Y' } }
  return { fields: { ...common, action: 'refund', gmt_refund_pay: shanghaiTime(given.refund.refundedAt) } }
}
