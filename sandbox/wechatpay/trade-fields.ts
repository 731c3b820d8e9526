import { shanghaiRfc3339 } from '../shanghai-time.ts'
import type { Fields } from './problems.ts'
import type { WechatPayRoom } from './room.ts'
import type { Trade, TradeStatus } from './trades.ts'

const DESCRIPTIONS: Record<TradeStatus, string> = {
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款，退款详情请查询退款单',
  NOTPAY: '订单未支付',
  CLOSED: '订单已关闭',
  PAYERROR: '支付失败(其他原因，如银行返回失败)',
}

/** An order as the query and the notification tell it. What an unpaid one has not got is left out. */
export function tradeFields(room: WechatPayRoom, trade: Trade): Fields {
  const total = Number(trade.total)
  const common = {
    amount: { currency: 'CNY', ...(trade.paidAt === null ? {} : { payer_currency: 'CNY', payer_total: total }), total },
    appid: room.merchant.appid,
    attach: trade.attach ?? '',
    mchid: room.merchant.mchid,
    out_trade_no: trade.outTradeNo,
    promotion_detail: [],
    trade_state: trade.status,
    trade_state_desc: DESCRIPTIONS[trade.status],
  }
  if (trade.paidAt === null) return common
  return {
    ...common,
    bank_type: 'OTHERS',
    payer: { openid: trade.openid },
    success_time: shanghaiRfc3339(trade.paidAt),
    trade_type: trade.tradeType,
    transaction_id: trade.transactionId,
  }
}
