import { instant, type Row, text } from '../book/open-book.ts'
import type { AlipayRoom } from './room.ts'
import { contextOf, Terms } from './terms.ts'

export type Channel = 'page' | 'wap' | 'qr'

/** A signed order that waits for its buyer. */
export interface Visit {
  readonly token: string
  readonly channel: Channel
  readonly outTradeNo: string
  readonly terms: Terms
  readonly context: string
  readonly expiresAt: number
}

const VISIT_LIFE_MS = 24 * 60 * 60 * 1000

export function keepVisit(room: AlipayRoom, channel: Channel, terms: Terms, lifeMs = VISIT_LIFE_MS): Visit {
  const now = room.clock.now()
  const visit: Visit = {
    token: `${channel === 'qr' ? 'bax' : channel}${room.ids.token(24)}`,
    channel,
    outTradeNo: terms.outTradeNo,
    terms,
    context: contextOf(terms),
    expiresAt: now + lifeMs,
  }
  room.book.run(
    `insert into alipay_visits (token, channel, out_trade_no, terms, context, created_at, expires_at)
     values (?, ?, ?, ?, ?, ?, ?)`,
    visit.token,
    channel,
    terms.outTradeNo,
    JSON.stringify(terms),
    visit.context,
    now,
    visit.expiresAt,
  )
  return visit
}

/** Also one that is over: the page says so. */
export function findVisit(room: AlipayRoom, token: string): Visit | null {
  const row = room.book.get('select * from alipay_visits where token = ?', token)
  return row ? readVisit(row) : null
}

/** The last one signed for this number, whichever way it is to be paid. */
export function findVisitOf(room: AlipayRoom, outTradeNo: string): Visit | null {
  const row = room.book.get(
    'select * from alipay_visits where out_trade_no = ? order by rowid desc limit 1',
    outTradeNo,
  )
  return row ? readVisit(row) : null
}

export function findLivingQr(room: AlipayRoom, outTradeNo: string): Visit | null {
  const row = room.book.get(
    "select * from alipay_visits where out_trade_no = ? and channel = 'qr' and expires_at > ? order by rowid desc limit 1",
    outTradeNo,
    room.clock.now(),
  )
  return row ? readVisit(row) : null
}

function readVisit(row: Row): Visit {
  const channel = text(row, 'channel')
  return {
    token: text(row, 'token'),
    channel: channel === 'page' || channel === 'wap' ? channel : 'qr',
    outTradeNo: text(row, 'out_trade_no'),
    terms: Terms.parse(JSON.parse(text(row, 'terms'))),
    context: text(row, 'context'),
    expiresAt: instant(row, 'expires_at'),
  }
}
