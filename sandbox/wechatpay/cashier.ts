import { languageOf } from '../cashier/language.ts'
import type { WaitingCode } from '../gateway-port.ts'
import { type Answer, type Incoming, plain, seeOther } from '../http/messages.ts'
import { BUYER } from './funds.ts'
import { answerH5Entry, isMerchantsOwn } from './h5-entry.ts'
import { type Paid, payTrade } from './move-trade.ts'
import { answerOauth } from './oauth/answer-oauth.ts'
import { type Hitch, payPage, payQuery, type Way } from './pages/pay-page.ts'
import { unknownPage } from './pages/problem-page.ts'
import { findPrepay, listPayableCodes, type Prepay } from './prepays.ts'
import type { WechatPayRoom } from './room.ts'
import { letTimePass } from './time.ts'
import { findTrade, type Trade } from './trades.ts'

const PAY_PATH = /^\/wechat\/pay\/(\w+)(?:\/(pay|decline|cancel))?$/
const HITCHES: readonly Hitch[] = ['declined', 'balance_too_low', 'not_payable', 'too_late', 'other_payer']

/** The pages that a buyer sees: those of the WeChat app on the phone. Null for any other path. */
export function answerCashier(room: WechatPayRoom, incoming: Incoming): Answer | null {
  const entry = answerOauth(room, incoming) ?? answerH5Entry(room, incoming)
  if (entry) return entry
  const [, token, verb] = PAY_PATH.exec(incoming.path) ?? []
  if (!token) return null
  letTimePass(room)
  const prepay = findPrepay(room, token)
  const trade = prepay && findTrade(room, { outTradeNo: prepay.outTradeNo })
  if (!trade) return unknownPage(incoming)
  const visit = { prepay, trade, way: wayOf(room, incoming, trade) }
  if (!verb) return payPage(room, incoming, { ...visit, hitch: hitchOf(incoming) })
  if (incoming.method !== 'POST') return plain(405, 'POST')
  if (verb === 'cancel') return leave(incoming, visit, 'cancel')
  if (verb === 'decline') return stay(incoming, visit, { hitch: 'declined' })
  const isOver = prepay.expiresAt <= room.clock.now()
  const paid: Paid = isOver ? 'too_late' : payTrade(room, trade.outTradeNo, BUYER.openid)
  // A second click on "pay" finds it paid: the buyer goes on as after the first.
  const isPaid = (findTrade(room, trade) ?? trade).status === 'SUCCESS'
  return isPaid || paid === 'paid' ? leave(incoming, visit, 'ok') : stay(incoming, visit, { hitch: paid })
}

interface Visit {
  readonly prepay: Prepay
  readonly way: Way
}

/** How the buyer came: by a code, from a browser that waits for him, or as a sheet over the shop's page inside WeChat. */
function wayOf(room: WechatPayRoom, incoming: Incoming, trade: Trade): Way {
  const query = new URLSearchParams(incoming.query)
  const back = query.get('back')
  if (trade.tradeType === 'MWEB' && back !== null && isMerchantsOwn(room, trade, back)) return { kind: 'h5', back }
  return trade.tradeType === 'JSAPI' && query.has('sheet') ? { kind: 'sheet' } : { kind: 'code' }
}

/** The end of a visit. Who came by a code reads on the phone what became of it. */
function leave(incoming: Incoming, visit: Visit, result: 'ok' | 'cancel'): Answer {
  if (visit.way.kind === 'h5') return seeOther(visit.way.back)
  return stay(incoming, visit, visit.way.kind === 'sheet' ? { result } : {})
}

const stay = (incoming: Incoming, { prepay, way }: Visit, says: Record<string, string>): Answer =>
  seeOther(`/wechat/pay/${prepay.token}?${payQuery(way, languageOf(incoming), says)}`)

function hitchOf(incoming: Incoming): Hitch | null {
  const asked = new URLSearchParams(incoming.query).get('hitch')
  return HITCHES.find((hitch) => hitch === asked) ?? null
}

const CODE_PREFIX = 'weixin://wxpay/bizpayurl?pr='

export const codeText = ({ token }: Prepay): string => CODE_PREFIX + token

/** What the phone would find if it looked at the screens around it. */
export function waitingCodes(room: WechatPayRoom, limit: number): WaitingCode[] {
  return listPayableCodes(room, limit).flatMap((prepay) => {
    const trade = findTrade(room, prepay)
    return trade ? [{ text: codeText(prepay), target: trade.outTradeNo, total: trade.total }] : []
  })
}

/** The page that a scanned code leads to; null when the text is no code of this gateway. */
export function cashierOfCode(text: string): string | null {
  const token = /^weixin:\/\/wxpay\/bizpayurl\?pr=(\w{1,64})$/.exec(text.trim())?.[1]
  return token ? `/wechat/pay/${token}` : null
}
