import { type Outcome, paramError, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { WechatPayRoom } from '../room.ts'
import { tradeFields } from '../trade-fields.ts'
import { findTrade, type TradeKey } from '../trades.ts'

export function queryOrder(room: WechatPayRoom, request: GatewayRequest, key: TradeKey): Outcome {
  const mchid = request.query.get('mchid')
  if (mchid === null) return { problem: paramError('query', 'mchid', '规则校验失败') }
  if (mchid !== room.merchant.mchid) return { problem: problem('MCH_NOT_EXISTS') }
  const trade = findTrade(room, key)
  if (!trade || ('transactionId' in key && trade.paidAt === null)) return { problem: problem('ORDER_NOT_EXIST') }
  return { fields: tradeFields(room, trade) }
}
