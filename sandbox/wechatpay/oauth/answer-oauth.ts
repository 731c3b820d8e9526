import { instant, text } from '../../book/open-book.ts'
import { type Answer, type Incoming, json, seeOther } from '../../http/messages.ts'
import { BUYER } from '../funds.ts'
import { oauthProblemPage } from '../pages/problem-page.ts'
import type { WechatPayRoom } from '../room.ts'

export const AUTHORIZE_PATH = '/connect/oauth2/authorize'
export const OPENID_PATH = '/sns/oauth2/access_token'

const CODE_LIFE_MS = 5 * 60_000
const SCOPES = ['snsapi_base', 'snsapi_userinfo']

/** How a shop inside WeChat learns who its visitor is: the redirect that carries a code, and the exchange of the code. */
export function answerOauth(room: WechatPayRoom, incoming: Incoming): Answer | null {
  if (incoming.path === AUTHORIZE_PATH) return authorize(room, incoming)
  return incoming.path === OPENID_PATH ? exchange(room, incoming) : null
}

/** `snsapi_base` asks the visitor nothing; the shop's address gets a code that is good once, for five minutes. */
function authorize(room: WechatPayRoom, incoming: Incoming): Answer {
  const query = new URLSearchParams(incoming.query)
  if (query.get('appid') !== room.merchant.appid) return oauthProblemPage(incoming, 'app')
  const back = query.get('redirect_uri') ?? ''
  if (!/^https?:\/\//i.test(back) || !URL.canParse(back)) return oauthProblemPage(incoming, 'address')
  const scope = SCOPES.find((known) => known === query.get('scope'))
  if (query.get('response_type') !== 'code' || !scope) return oauthProblemPage(incoming, 'scope')
  const state = query.get('state') ?? ''
  if (!/^[a-zA-Z0-9]{0,128}$/.test(state)) return oauthProblemPage(incoming, 'state')

  const code = room.ids.token(32)
  room.book.run(
    'insert into wechatpay_oauth_codes (code, openid, scope, issued_at) values (?, ?, ?, ?)',
    code,
    BUYER.openid,
    scope,
    room.clock.now(),
  )
  const target = new URL(back)
  target.searchParams.set('code', code)
  target.searchParams.set('state', state)
  return seeOther(target.href)
}

/** HTTP 200 whatever it says, as the real one. */
function exchange(room: WechatPayRoom, incoming: Incoming): Answer {
  const query = new URLSearchParams(incoming.query)
  const refuse = (errcode: number, errmsg: string) => json({ errcode, errmsg })
  if (query.get('appid') !== room.merchant.appid) return refuse(40013, 'invalid appid')
  if (query.get('secret') !== room.merchant.appSecret) return refuse(40125, 'invalid appsecret')
  if (query.get('grant_type') !== 'authorization_code') return refuse(40002, 'invalid grant_type')
  const code = query.get('code') ?? ''
  const row = room.book.get('delete from wechatpay_oauth_codes where code = ? returning *', code)
  if (!row) return refuse(40029, 'invalid code')
  if (room.clock.now() - instant(row, 'issued_at') > CODE_LIFE_MS) return refuse(42003, 'code expired')
  return json({
    access_token: room.ids.token(64),
    expires_in: 7200,
    refresh_token: room.ids.token(64),
    openid: text(row, 'openid'),
    scope: text(row, 'scope'),
  })
}
