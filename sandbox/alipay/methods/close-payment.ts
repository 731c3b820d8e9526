import { TradeChoice } from '../biz-fields.ts'
import { closeTrade } from '../move-trade.ts'
import { type Outcome, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { AlipayRoom } from '../room.ts'
import { chooseTrade, noSuchTrade } from './choose-trade.ts'

/** Only what waits to be paid can be closed. A code or page that nobody has opened stays usable: there is no trade yet. */
export function closePayment(room: AlipayRoom, request: GatewayRequest): Outcome {
  const chosen = chooseTrade(room, TradeChoice, request.biz)
  if (!chosen.value) return chosen
  const { trade } = chosen
  if (!trade) return noSuchTrade
  if (!closeTrade(room, trade.tradeNo)) return { problem: problem('ACQ.TRADE_STATUS_ERROR') }
  return { fields: { trade_no: trade.tradeNo, out_trade_no: trade.outTradeNo } }
}
