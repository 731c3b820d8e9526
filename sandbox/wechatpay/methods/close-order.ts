import { closeTrade } from '../move-trade.ts'
import { CloseOrder, readFields } from '../order-fields.ts'
import { type Outcome, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { WechatPayRoom } from '../room.ts'
import { findTrade } from '../trades.ts'

/** Closing what is closed is no mistake. */
export function closeOrder(room: WechatPayRoom, request: GatewayRequest, outTradeNo: string): Outcome {
  const read = readFields(CloseOrder, 'body', request.body)
  if ('problem' in read) return read
  if (read.value.mchid !== room.merchant.mchid) return { problem: problem('MCH_NOT_EXISTS') }
  const trade = findTrade(room, { outTradeNo })
  if (!trade) return { problem: problem('ORDER_NOT_EXIST') }
  if (trade.paidAt !== null) return { problem: problem('ORDER_PAID') }
  closeTrade(room, outTradeNo)
  return { empty: true }
}
