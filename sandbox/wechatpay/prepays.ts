import { instant, type Row, text } from '../book/open-book.ts'
import type { WechatPayRoom } from './room.ts'

/** A way in to an order: the code to scan, the page to open or the prepay_id to hand to WeChat, all by one token. */
export interface Prepay {
  readonly token: string
  readonly outTradeNo: string
  readonly expiresAt: number
}

/** The living one of this order, or a new one. */
export function givePrepay(room: WechatPayRoom, outTradeNo: string, lifeMs: number): Prepay {
  const now = room.clock.now()
  const living = room.book.get(
    'select * from wechatpay_prepays where out_trade_no = ? and expires_at > ? order by rowid desc limit 1',
    outTradeNo,
    now,
  )
  if (living) return readPrepay(living)
  const prepay: Prepay = { token: room.ids.token(28), outTradeNo, expiresAt: now + lifeMs }
  room.book.run(
    'insert into wechatpay_prepays (token, out_trade_no, created_at, expires_at) values (?, ?, ?, ?)',
    prepay.token,
    outTradeNo,
    now,
    prepay.expiresAt,
  )
  return prepay
}

/** Also one that is over: the page says so. */
export function findPrepay(room: WechatPayRoom, token: string): Prepay | null {
  const row = room.book.get('select * from wechatpay_prepays where token = ?', token)
  return row ? readPrepay(row) : null
}

/** Those of Native orders that can be paid now, newest first. */
export const listPayableCodes = (room: WechatPayRoom, limit: number): Prepay[] =>
  room.book
    .all(
      `select p.* from wechatpay_prepays p join wechatpay_trades t on t.out_trade_no = p.out_trade_no
       where t.trade_type = 'NATIVE' and t.status = 'NOTPAY' and min(p.expires_at, t.pay_before) > ?
       order by p.rowid desc limit ?`,
      room.clock.now(),
      limit,
    )
    .map(readPrepay)

const readPrepay = (row: Row): Prepay => ({
  token: text(row, 'token'),
  outTradeNo: text(row, 'out_trade_no'),
  expiresAt: instant(row, 'expires_at'),
})
