import { z } from 'zod'
import type { TradeLine } from '../gateway-port.ts'
import { type Answer, type Incoming, json } from '../http/messages.ts'
import { readJson } from '../http/read-json.ts'
import { formatYuan, parseYuan } from '../money.ts'
import { shanghaiTime } from '../shanghai-time.ts'
import { balanceOf, setBalance } from './accounts.ts'
import { closeTrade, finishTrade, letTimePass, payTrade } from './move-trade.ts'
import { openTrade } from './open-trade.ts'
import type { AlipayRoom } from './room.ts'
import { SettingsPatch } from './settings.ts'
import { findTrade, listRefunds, listTrades, type Refund, readRefund, type Trade } from './trades.ts'
import { findVisitOf } from './visits.ts'

const TRADES_AT_MOST = 100_000

/** `/api/alipay/…`: the book as it is, and what a buyer or time would do to a trade. */
export function answerAlipayApi(room: AlipayRoom, path: string, incoming: Incoming): Answer | null {
  letTimePass(room)
  const [, outTradeNo, verb] = /^\/trades\/(\w{1,64})(?:\/(pay|close|finish))?$/.exec(path) ?? []
  if (path === '/book' && incoming.method === 'GET') return json(bookOf(room))
  if (path === '/calls' && incoming.method === 'GET') return json(room.calls.list())
  if (path === '/settings') return settings(room, incoming)
  if (path === '/balances' && incoming.method === 'POST') return moveBalance(room, incoming)
  if (path === '/rotate-certificate' && incoming.method === 'POST')
    return json({ sn: room.keys.rotate(new Date(room.clock.now())).sn })
  if (!outTradeNo) return null
  if (!verb) return incoming.method === 'GET' ? oneTrade(room, outTradeNo) : null
  return incoming.method === 'POST' ? actOn(room, outTradeNo, verb) : null
}

/** Everything that an audit needs: each trade with its refunds, and both balances. */
export function bookOf(room: AlipayRoom) {
  const refundsOf = new Map<string, Refund[]>()
  for (const refund of room.book.all('select * from alipay_refunds order by seq').map(readRefund))
    refundsOf.set(refund.tradeNo, [...(refundsOf.get(refund.tradeNo) ?? []), refund])
  return {
    merchant: room.merchant,
    balances: { buyer: formatYuan(balanceOf(room, 'buyer')), seller: formatYuan(balanceOf(room, 'seller')) },
    trades: listTrades(room, TRADES_AT_MOST).map((trade) => tradeView(trade, refundsOf.get(trade.tradeNo) ?? [])),
  }
}

const timeOrNull = (instantMs: number | null) => (instantMs === null ? null : shanghaiTime(instantMs))

const tradeView = (trade: Trade, refunds: readonly Refund[]) => ({
  trade_no: trade.tradeNo,
  out_trade_no: trade.outTradeNo,
  status: trade.status,
  product_code: trade.productCode,
  total: formatYuan(trade.total),
  refunded: formatYuan(trade.refunded),
  subject: trade.subject,
  notify_url: trade.notifyUrl,
  mode: trade.mode,
  created_at: shanghaiTime(trade.createdAt),
  expires_at: shanghaiTime(trade.expiresAt),
  paid_at: timeOrNull(trade.paidAt),
  closed_at: timeOrNull(trade.closedAt),
  refunds: refunds.map((refund) => ({
    out_request_no: refund.outRequestNo,
    amount: formatYuan(refund.amount),
    fee_back: formatYuan(refund.feeBack),
    at: shanghaiTime(refund.refundedAt),
  })),
})

const ACTS: Record<Trade['status'], readonly string[]> = {
  WAIT_BUYER_PAY: ['pay', 'close'],
  TRADE_SUCCESS: ['finish'],
  TRADE_CLOSED: [],
  TRADE_FINISHED: [],
}

export const recentTrades = (room: AlipayRoom, limit: number): TradeLine[] =>
  listTrades(room, limit).map((trade) => ({
    target: trade.outTradeNo,
    providerNumber: trade.tradeNo,
    status: trade.status,
    total: formatYuan(trade.total),
    refunded: formatYuan(trade.refunded),
    createdAt: shanghaiTime(trade.createdAt),
    acts: ACTS[trade.status],
  }))

function oneTrade(room: AlipayRoom, outTradeNo: string): Answer {
  const trade = findTrade(room, { outTradeNo })
  return trade ? json(tradeView(trade, listRefunds(room, trade.tradeNo))) : json({ error: 'no such trade' }, 404)
}

/** Pays, closes or finishes; paying opens the cashier first when nobody has. */
function actOn(room: AlipayRoom, outTradeNo: string, verb: string): Answer {
  const visit = findVisitOf(room, outTradeNo)
  const opened = verb === 'pay' && visit ? openTrade(room, visit) : null
  if (opened && 'problem' in opened) return json({ error: opened.problem.subCode }, 409)
  const trade = opened?.trade ?? findTrade(room, { outTradeNo })
  if (!trade) return json({ error: 'no such trade' }, 404)
  const acts: Record<string, () => boolean> = {
    pay: () => payTrade(room, trade.tradeNo) === 'paid',
    close: () => closeTrade(room, trade.tradeNo),
    finish: () => finishTrade(room, trade.tradeNo),
  }
  const done = acts[verb]?.() ?? false
  return done ? oneTrade(room, outTradeNo) : json({ error: `cannot ${verb} a trade that is ${trade.status}` }, 409)
}

function settings(room: AlipayRoom, incoming: Incoming): Answer {
  if (incoming.method === 'POST') {
    const patch = SettingsPatch.safeParse(readJson(incoming.body))
    if (!patch.success) return json({ error: z.prettifyError(patch.error) }, 422)
    room.settings.change(patch.data)
  }
  return json(room.settings.current())
}

const Balance = z.object({ account: z.enum(['buyer', 'seller']), yuan: z.string() })

function moveBalance(room: AlipayRoom, incoming: Incoming): Answer {
  const parsed = Balance.safeParse(readJson(incoming.body))
  const fen = parsed.success ? parseYuan(parsed.data.yuan) : null
  if (!parsed.success || fen === null)
    return json({ error: 'expects {"account": "buyer"|"seller", "yuan": "12.34"}' }, 422)
  setBalance(room, parsed.data.account, fen)
  return json({ [parsed.data.account]: formatYuan(balanceOf(room, parsed.data.account)) })
}
