import { languageOf } from '../cashier/language.ts'
import { type Answer, type Incoming, plain, seeOther } from '../http/messages.ts'
import { BUYER } from './funds.ts'
import { type Paid, payTrade } from './move-trade.ts'
import { answerOauth } from './oauth/answer-oauth.ts'
import { type Hitch, payPage } from './pages/pay-page.ts'
import { unknownPage } from './pages/problem-page.ts'
import { findPrepay, type Prepay } from './prepays.ts'
import type { WechatPayRoom } from './room.ts'
import { letTimePass } from './time.ts'
import { findTrade } from './trades.ts'

const PAY_PATH = /^\/wechat\/pay\/(\w+)(?:\/(pay|decline))?$/
const HITCHES: readonly Hitch[] = ['declined', 'balance_too_low', 'not_payable', 'too_late', 'other_payer']

/** The pages that a buyer sees: those of the WeChat app on the phone. Null for any other path. */
export function answerCashier(room: WechatPayRoom, incoming: Incoming): Answer | null {
  const oauth = answerOauth(room, incoming)
  if (oauth) return oauth
  const [, token, verb] = PAY_PATH.exec(incoming.path) ?? []
  if (!token) return null
  letTimePass(room)
  const prepay = findPrepay(room, token)
  const trade = prepay && findTrade(room, { outTradeNo: prepay.outTradeNo })
  if (!trade) return unknownPage(incoming)
  if (!verb) return payPage(room, incoming, { prepay, trade, hitch: hitchOf(incoming) })
  if (incoming.method !== 'POST') return plain(405, 'POST')
  return verb === 'pay' ? pay(room, incoming, prepay) : backTo(incoming, prepay, 'declined')
}

function pay(room: WechatPayRoom, incoming: Incoming, prepay: Prepay): Answer {
  const isOver = prepay.expiresAt <= room.clock.now()
  const result: Paid = isOver ? 'too_late' : payTrade(room, prepay.outTradeNo, BUYER.openid)
  return backTo(incoming, prepay, result)
}

/** After paying, and after a second click on "pay", the page says what the order has become. */
const backTo = (incoming: Incoming, { token }: Prepay, hitch: Hitch | 'paid'): Answer =>
  seeOther(`/wechat/pay/${token}?lang=${languageOf(incoming)}${hitch === 'paid' ? '' : `&hitch=${hitch}`}`)

function hitchOf(incoming: Incoming): Hitch | null {
  const asked = new URLSearchParams(incoming.query).get('hitch')
  return HITCHES.find((hitch) => hitch === asked) ?? null
}

/** The page that a scanned code leads to; null when the text is no code of this gateway. */
export function cashierOfCode(text: string): string | null {
  const token = /^weixin:\/\/wxpay\/bizpayurl\?pr=(\w{1,64})$/.exec(text.trim())?.[1]
  return token ? `/wechat/pay/${token}` : null
}
