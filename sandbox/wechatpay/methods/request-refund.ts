import type { Struck } from '../../faults/fault-rules.ts'
import { balanceOf } from '../funds.ts'
import { acceptRefund, feeBackOf } from '../move-refund.ts'
import { canonicalJson, readFields } from '../order-fields.ts'
import { type Outcome, type Problem, problem } from '../problems.ts'
import type { GatewayRequest } from '../read-request.ts'
import { RefundOrder, refundFields } from '../refund-fields.ts'
import { findRefund, listRefunds, type RefundEnd } from '../refunds.ts'
import type { WechatPayRoom } from '../room.ts'
import { findTrade, type Trade } from '../trades.ts'

/** A number that was accepted before is answered again without moving money, as long as it says the same. */
export function requestRefund(room: WechatPayRoom, request: GatewayRequest, struck: Struck): Outcome {
  const read = readFields(RefundOrder, 'body', request.body)
  if ('problem' in read) return read
  const order = read.value
  return room.book.transaction((): Outcome => {
    const trade = chooseTrade(room, order)
    if (!trade) return { problem: problem('RESOURCE_NOT_EXISTS', '订单不存在') }
    const context = canonicalJson([trade.transactionId, order.amount.refund, order.amount.total])
    const known = findRefund(room, { outRefundNo: order.out_refund_no })
    if (known && known.request !== context)
      return { problem: problem('INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试') }
    if (!known) {
      const refusal = refusalToRefund(room, trade, order)
      if (refusal) return { problem: refusal }
      acceptRefund(room, trade, {
        outRefundNo: order.out_refund_no,
        amount: BigInt(order.amount.refund),
        reason: order.reason ?? null,
        notifyUrl: order.notify_url ?? null,
        request: context,
        ends: endOf(struck),
        stuck: struck.has('refund_stuck'),
      })
    }
    return refundOutcome(room, order.out_refund_no)
  })
}

/** By either number; when both are given they must name the same order. */
function chooseTrade(room: WechatPayRoom, { transaction_id, out_trade_no }: RefundOrder): Trade | null {
  const trade =
    transaction_id !== undefined
      ? findTrade(room, { transactionId: transaction_id })
      : findTrade(room, { outTradeNo: out_trade_no ?? '' })
  return out_trade_no === undefined || trade?.outTradeNo === out_trade_no ? trade : null
}

function refusalToRefund(room: WechatPayRoom, trade: Trade, order: RefundOrder): Problem | null {
  const { refundWindowMs, refundsPerOrder, refundGapMs } = room.settings.current()
  const refuse = (message: string) => problem('INVALID_REQUEST', message)
  const amount = BigInt(order.amount.refund)
  const now = room.clock.now()
  if (trade.paidAt === null) return refuse('订单未支付，不能退款')
  if (BigInt(order.amount.total) !== trade.total) return refuse('订单金额不一致，请核实后再试')
  if (now - trade.paidAt > refundWindowMs) return refuse('订单已超过可退款的最大期限(支付完成后一年内可退款)')
  if (amount > trade.total - trade.refunded) return refuse('申请退款金额大于可退金额')
  const earlier = listRefunds(room, trade.outTradeNo)
  if (earlier.length >= refundsPerOrder) return problem('RULE_LIMIT', `一笔订单最多支持${refundsPerOrder}次部分退款`)
  const last = earlier.at(-1)
  if (last && now - last.createdAt < room.pace.shorten(refundGapMs))
    return problem('FREQUENCY_LIMITED', '同一笔订单多次退款的请求需相隔1分钟')
  return balanceOf(room, 'merchant') < amount - feeBackOf(room, trade, amount) ? problem('NOT_ENOUGH') : null
}

function endOf(struck: Struck): RefundEnd {
  if (struck.has('refund_abnormal')) return 'ABNORMAL'
  return struck.has('refund_closed') ? 'CLOSED' : 'SUCCESS'
}

/** What the platform has to say of a refund now. */
export function refundOutcome(room: WechatPayRoom, outRefundNo: string): Outcome {
  const refund = findRefund(room, { outRefundNo })
  const trade = refund && findTrade(room, { outTradeNo: refund.outTradeNo })
  return trade ? { fields: refundFields(trade, refund) } : { problem: problem('RESOURCE_NOT_EXISTS', '退款单不存在') }
}
