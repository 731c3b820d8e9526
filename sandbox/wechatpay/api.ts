import { z } from 'zod'
import type { TradeLine } from '../gateway-port.ts'
import { type Answer, type Incoming, json } from '../http/messages.ts'
import { readJson } from '../http/read-json.ts'
import { formatYuan, parseYuan } from '../money.ts'
import { shanghaiTime } from '../shanghai-time.ts'
import { ACCOUNTS, BUYER, balanceOf, setBalance } from './funds.ts'
import { endRefund } from './move-refund.ts'
import { closeTrade, failTrade, payClosedTrade, payTrade } from './move-trade.ts'
import { listRefunds, type RefundEnd } from './refunds.ts'
import type { WechatPayRoom } from './room.ts'
import { SettingsPatch } from './settings.ts'
import { letTimePass } from './time.ts'
import { findTrade, listTrades, type Trade } from './trades.ts'

const TRADES_AT_MOST = 100_000

/** `/api/wechatpay/…`: the book as it is, and what a buyer or time would do to an order. */
export function answerWechatPayApi(room: WechatPayRoom, path: string, incoming: Incoming): Answer | null {
  letTimePass(room)
  const isPost = incoming.method === 'POST'
  const [, refundNo, end] = /^\/refunds\/([^/]{1,192})\/(succeed|abnormal|close)$/.exec(path) ?? []
  if (refundNo && end) return isPost ? moveRefund(room, decodeURIComponent(refundNo), end) : null
  const [, encoded, verb] = /^\/trades\/([^/]{1,96})(?:\/([a-z-]+))?$/.exec(path) ?? []
  if (encoded) return answerTrade(room, decodeURIComponent(encoded), verb ?? null, isPost)
  switch (path) {
    case '/book':
      return json(bookOf(room))
    case '/calls':
      return json(room.calls.list())
    case '/settings':
      return settings(room, incoming)
    case '/balances':
      return isPost ? moveBalance(room, incoming) : null
    case '/rotate-certificate':
      return isPost ? rotate(room) : null
    default:
      return null
  }
}

/** Everything that an audit needs: each order with its refunds, and both balances. */
export function bookOf(room: WechatPayRoom) {
  return {
    merchant: { mchid: room.merchant.mchid, appid: room.merchant.appid },
    balances: Object.fromEntries(ACCOUNTS.map((account) => [account, formatYuan(balanceOf(room, account))])),
    trades: listTrades(room, TRADES_AT_MOST).map((trade) => tradeView(room, trade)),
  }
}

const timeOrNull = (instantMs: number | null) => (instantMs === null ? null : shanghaiTime(instantMs))

const tradeView = (room: WechatPayRoom, trade: Trade) => ({
  transaction_id: trade.transactionId,
  out_trade_no: trade.outTradeNo,
  trade_type: trade.tradeType,
  status: trade.status,
  total: formatYuan(trade.total),
  refunded: formatYuan(trade.refunded),
  description: trade.description,
  notify_url: trade.notifyUrl,
  openid: trade.openid,
  created_at: shanghaiTime(trade.createdAt),
  pay_before: shanghaiTime(trade.payBefore),
  paid_at: timeOrNull(trade.paidAt),
  closed_at: timeOrNull(trade.closedAt),
  refunds: listRefunds(room, trade.outTradeNo).map((refund) => ({
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    status: refund.status,
    amount: formatYuan(refund.amount),
    fee_back: formatYuan(refund.feeBack),
    pays_out: refund.paysOut,
    at: shanghaiTime(refund.createdAt),
    ended_at: timeOrNull(refund.endedAt),
  })),
})

function actsOn({ status, paidAt }: Trade): readonly string[] {
  if (status === 'NOTPAY') return ['pay', 'close', 'fail']
  if (status === 'PAYERROR') return ['close']
  return status === 'CLOSED' && paidAt === null ? ['pay-late'] : []
}

export const recentTrades = (room: WechatPayRoom, limit: number): TradeLine[] =>
  listTrades(room, limit).map((trade) => ({
    target: trade.outTradeNo,
    providerNumber: trade.transactionId,
    status: trade.status,
    total: formatYuan(trade.total),
    refunded: formatYuan(trade.refunded),
    createdAt: shanghaiTime(trade.createdAt),
    acts: actsOn(trade),
  }))

function answerTrade(room: WechatPayRoom, outTradeNo: string, verb: string | null, isPost: boolean): Answer | null {
  const trade = findTrade(room, { outTradeNo })
  if (!trade) return json({ error: 'no such trade' }, 404)
  if (verb === null) return isPost ? null : json(tradeView(room, trade))
  if (!isPost) return null
  const done = actOn(room, trade, verb)
  const after = findTrade(room, { outTradeNo }) ?? trade
  return done ? json(tradeView(room, after)) : json({ error: `cannot ${verb} a trade that is ${trade.status}` }, 409)
}

function actOn(room: WechatPayRoom, { outTradeNo, openid }: Trade, verb: string): boolean {
  switch (verb) {
    case 'pay':
      return payTrade(room, outTradeNo, openid ?? BUYER.openid) === 'paid'
    case 'pay-late':
      return payClosedTrade(room, outTradeNo) === 'paid'
    case 'close':
      return closeTrade(room, outTradeNo)
    case 'fail':
      return failTrade(room, outTradeNo)
    default:
      return false
  }
}

const ENDS: Record<string, RefundEnd> = { succeed: 'SUCCESS', abnormal: 'ABNORMAL', close: 'CLOSED' }

function moveRefund(room: WechatPayRoom, outRefundNo: string, verb: string): Answer {
  const end = ENDS[verb]
  const done = end !== undefined && endRefund(room, outRefundNo, end)
  return done ? json({ out_refund_no: outRefundNo, status: end }) : json({ error: 'no such refund in the works' }, 409)
}

function settings(room: WechatPayRoom, incoming: Incoming): Answer {
  if (incoming.method === 'POST') {
    const patch = SettingsPatch.safeParse(readJson(incoming.body))
    if (!patch.success) return json({ error: z.prettifyError(patch.error) }, 422)
    room.settings.change(patch.data)
  }
  return json(room.settings.current())
}

/** A successor that signs beside the old certificate until the setting `rotation` says otherwise. */
function rotate(room: WechatPayRoom): Answer {
  const { serial } = room.keys.issueCertificate(new Date(room.clock.now()))
  room.settings.change({ rotation: 'both' })
  return json({ serial, rotation: 'both' })
}

const Balance = z.object({ account: z.enum(ACCOUNTS), yuan: z.string() })

function moveBalance(room: WechatPayRoom, incoming: Incoming): Answer {
  const parsed = Balance.safeParse(readJson(incoming.body))
  const fen = parsed.success ? parseYuan(parsed.data.yuan) : null
  if (!parsed.success || fen === null)
    return json({ error: 'expects {"account": "buyer"|"merchant", "yuan": "12.34"}' }, 422)
  setBalance(room, parsed.data.account, fen)
  return json({ [parsed.data.account]: formatYuan(balanceOf(room, parsed.data.account)) })
}
