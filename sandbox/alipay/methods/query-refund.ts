import { formatYuan } from '../../money.ts'
import { shanghaiTime } from '../../shanghai-time.ts'
import { RefundChoice } from '../biz-fields.ts'
import type { Outcome } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { AlipayRoom } from '../room.ts'
import { findRefund } from '../trades.ts'
import { chooseTrade, noSuchTrade } from './choose-trade.ts'
import { refundDetail } from './refund-payment.ts'

/** A refund that never happened is a success without any data: the caller must look for `refund_status`. */
export function queryRefund(room: AlipayRoom, request: GatewayRequest): Outcome {
  const chosen = chooseTrade(room, RefundChoice, request.biz)
  if (!chosen.value) return chosen
  const { trade, value } = chosen
  if (!trade) return noSuchTrade
  const refund = findRefund(room, trade.tradeNo, value.out_request_no)
  if (!refund) return { fields: {} }
  const options = value.query_options ?? []
  return {
    fields: {
      trade_no: trade.tradeNo,
      out_trade_no: trade.outTradeNo,
      out_request_no: refund.outRequestNo,
      refund_reason: refund.reason ?? undefined,
      total_amount: formatYuan(trade.total),
      refund_amount: formatYuan(refund.amount),
      refund_status: 'REFUND_SUCCESS',
      gmt_refund_pay: options.includes('gmt_refund_pay') ? shanghaiTime(refund.refundedAt) : undefined,
      refund_detail_item_list: options.includes('refund_detail_item_list') ? refundDetail(refund) : undefined,
    },
  }
}
