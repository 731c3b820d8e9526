import { type Answer, type Incoming, seeOther } from '../http/messages.ts'
import { h5ProblemPage } from './pages/problem-page.ts'
import { findPrepay } from './prepays.ts'
import type { WechatPayRoom } from './room.ts'
import { findTrade, type Trade } from './trades.ts'

const H5_PATH = '/cgi-bin/mmpayweb-bin/checkmweb'

/** The page between the shop's browser and the WeChat app: lets through who comes from the merchant's own pages, in time. */
export function answerH5Entry(room: WechatPayRoom, incoming: Incoming): Answer | null {
  if (incoming.path !== H5_PATH) return null
  const query = new URLSearchParams(incoming.query)
  const prepay = findPrepay(room, (query.get('prepay_id') ?? '').replace(/^wx/, ''))
  const trade = prepay && findTrade(room, prepay)
  const { referer, 'user-agent': agent = '' } = incoming.headers
  if (!prepay || trade?.tradeType !== 'MWEB' || !referer || !URL.canParse(referer))
    return h5ProblemPage(incoming, 'format')
  if (/MicroMessenger/i.test(agent)) return h5ProblemPage(incoming, 'inside')
  if (!isMerchantsOwn(room, trade, referer)) return h5ProblemPage(incoming, 'host')
  if (prepay.expiresAt <= room.clock.now()) return h5ProblemPage(incoming, 'expired')
  const back = query.get('redirect_url')
  if (back !== null && !isMerchantsOwn(room, trade, back)) return h5ProblemPage(incoming, 'host')
  // Without an address of its own, the merchant gets the visitor back where he came from.
  return seeOther(`/wechat/pay/${prepay.token}?${new URLSearchParams({ back: back ?? referer })}`)
}

/** An address on a host that the merchant has registered, as far as we know: that of its notifications. */
export function isMerchantsOwn(room: WechatPayRoom, trade: Trade, address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host } = new URL(address)
  const hosts = room.settings.current().h5Hosts ?? [new URL(trade.notifyUrl).host]
  return /^https?:$/.test(protocol) && hosts.includes(host)
}
