import { shanghaiDay } from '../shanghai-time.ts'
import { type Problem, problem } from './problems.ts'
import type { AlipayRoom } from './room.ts'
import { expiryOf } from './terms.ts'
import { findTrade, type Trade } from './trades.ts'
import type { Visit } from './visits.ts'

export type Opened = { readonly trade: Trade } | { readonly problem: Problem }

/** The buyer has reached the cashier: from here on the trade exists. Opening it again finds the same one. */
export function openTrade(room: AlipayRoom, visit: Visit): Opened {
  return room.book.transaction(() => {
    const known = findTrade(room, { outTradeNo: visit.outTradeNo })
    if (known)
      return known.context === visit.context ? { trade: known } : { problem: problem('ACQ.CONTEXT_INCONSISTENT') }
    if (visit.expiresAt <= room.clock.now()) return { problem: problem('ACQ.INVALID_PARAMETER', '订单已超时') }
    const expiresAt = expiryOf(room, visit.terms)
    if (expiresAt <= room.clock.now()) return { problem: problem('ACQ.INVALID_PARAMETER', '订单已超时') }
    return { trade: insertTrade(room, visit, expiresAt) }
  })
}

/** Why a merchant may not start paying this number again, if it may not. */
export function refusalToStart(room: AlipayRoom, outTradeNo: string, context: string): Problem | null {
  const known = findTrade(room, { outTradeNo })
  if (!known) return null
  if (known.status === 'TRADE_CLOSED') return problem('ACQ.TRADE_HAS_CLOSE')
  if (known.status !== 'WAIT_BUYER_PAY') return problem('ACQ.TRADE_HAS_SUCCESS')
  return known.context === context ? null : problem('ACQ.CONTEXT_INCONSISTENT')
}

function insertTrade(room: AlipayRoom, { terms, context }: Visit, expiresAt: number): Trade {
  const now = room.clock.now()
  const tradeNo = `${shanghaiDay(now).replaceAll('-', '')}22001${room.ids.digits(15)}`
  room.book.run(
    `insert into alipay_trades (trade_no, out_trade_no, status, product_code, total_fen, subject, body, passback_params,
       notify_url, return_url, quit_url, mode, context, created_at, expires_at)
     values (?, ?, 'WAIT_BUYER_PAY', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    tradeNo,
    terms.outTradeNo,
    terms.productCode,
    BigInt(terms.totalFen),
    terms.subject,
    terms.body,
    terms.passbackParams,
    terms.notifyUrl,
    terms.returnUrl,
    terms.quitUrl,
    terms.mode,
    context,
    now,
    expiresAt,
  )
  const trade = findTrade(room, { tradeNo })
  if (!trade) throw new Error(`The book did not keep trade ${tradeNo}`)
  return trade
}
