import { languageOf } from '../cashier/language.ts'
import { type Answer, type Incoming, plain, seeOther } from '../http/messages.ts'
import { letTimePass, payTrade } from './move-trade.ts'
import { openTrade } from './open-trade.ts'
import { cashierPage, type Hitch, returnAddress } from './pages/cashier-page.ts'
import { problemPage, unknownPage } from './pages/problem-page.ts'
import type { AlipayRoom } from './room.ts'
import { findTrade, type Trade } from './trades.ts'
import { findVisit, type Visit } from './visits.ts'

const CASHIER_PATH = /^\/cashier\/(\w+)(?:\/(pay|decline))?$/
const HITCHES: readonly Hitch[] = ['declined', 'balance_too_low', 'not_payable']

/** `/cashier/<token>` and what its buttons do; null for any other path. */
export function answerCashier(room: AlipayRoom, incoming: Incoming): Answer | null {
  const [, token, verb] = CASHIER_PATH.exec(incoming.path) ?? []
  if (!token) return null
  letTimePass(room)
  const visit = findVisit(room, token)
  if (!visit) return unknownPage(incoming)
  const opened = openTrade(room, visit)
  if ('problem' in opened) return problemPage(incoming, opened.problem)
  if (!verb) return cashierPage(room, incoming, { visit, trade: opened.trade, hitch: hitchOf(incoming) })
  if (incoming.method !== 'POST') return plain(405, 'POST')
  return verb === 'pay' ? pay(room, incoming, visit, opened.trade) : backTo(incoming, visit, 'declined')
}

function pay(room: AlipayRoom, incoming: Incoming, visit: Visit, trade: Trade): Answer {
  const result = payTrade(room, trade.tradeNo)
  const after = findTrade(room, { tradeNo: trade.tradeNo }) ?? trade
  // A second click on "pay" finds it paid: the buyer goes on as after the first.
  if (result !== 'paid' && after.status !== 'TRADE_SUCCESS') return backTo(incoming, visit, result)
  return seeOther(returnAddress(room, visit, after) ?? `/cashier/${visit.token}?lang=${languageOf(incoming)}`)
}

const backTo = (incoming: Incoming, visit: Visit, hitch: Hitch | 'paid'): Answer =>
  seeOther(`/cashier/${visit.token}?lang=${languageOf(incoming)}&hitch=${hitch}`)

function hitchOf(incoming: Incoming): Hitch | null {
  const asked = new URLSearchParams(incoming.query).get('hitch')
  return HITCHES.find((hitch) => hitch === asked) ?? null
}

/** The cashier that a scanned code leads to; null when the text is no code of this gateway. */
export function cashierOfCode(text: string): string | null {
  const token = /^(?:https?:\/\/[^/?#]+\/qr\/)?(bax[a-z0-9]{24})$/.exec(text.trim())?.[1]
  return token ? `/cashier/${token}` : null
}
