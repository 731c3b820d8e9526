import { formatYuan } from '../../money.ts'
import { shanghaiTime } from '../../shanghai-time.ts'
import { BUYER } from '../accounts.ts'
import { TradeChoice } from '../biz-fields.ts'
import { type Fields, type Outcome, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import type { AlipayRoom } from '../room.ts'
import type { Trade } from '../trades.ts'
import { chooseTrade } from './choose-trade.ts'

const NOTHING_PAID = { buyer_pay_amount: '0.00', invoice_amount: '0.00', point_amount: '0.00', receipt_amount: '0.00' }

export function queryTrade(room: AlipayRoom, request: GatewayRequest): Outcome {
  const chosen = chooseTrade(room, TradeChoice, request.biz)
  if (!chosen.value) return chosen
  const { trade, value } = chosen
  if (!trade)
    return { problem: problem('ACQ.TRADE_NOT_EXIST'), fields: { ...NOTHING_PAID, out_trade_no: value.out_trade_no } }
  return { fields: tradeFields(trade, value.query_options ?? []) }
}

/** A trade as the query tells it; what it was not given, such as a body, is left out. */
export function tradeFields(trade: Trade, options: readonly string[]): Fields {
  const total = formatYuan(trade.total)
  const common = {
    trade_no: trade.tradeNo,
    out_trade_no: trade.outTradeNo,
    buyer_logon_id: BUYER.logonId,
    buyer_user_id: BUYER.userId,
    trade_status: trade.status,
    total_amount: total,
    subject: trade.subject,
    body: trade.body ?? undefined,
    passback_params: trade.passbackParams ?? undefined,
  }
  if (trade.paidAt === null) return { ...common, ...NOTHING_PAID }
  return {
    ...common,
    buyer_pay_amount: total,
    receipt_amount: total,
    invoice_amount: total,
    point_amount: '0.00',
    mdiscount_amount: '0.00',
    discount_amount: '0.00',
    send_pay_date: shanghaiTime(trade.paidAt),
    fund_bill_list: options.includes('fund_bill_list')
      ? [{ fund_channel: 'ALIPAYACCOUNT', amount: total, real_amount: total }]
      : undefined,
  }
}
