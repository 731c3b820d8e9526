import { sign as signBytes } from 'node:crypto'
import type { Struck } from '../faults/fault-rules.ts'
import { type Charset, encodeText } from '../http/charset.ts'
import { writeForm } from '../http/form.ts'
import { canonicalText } from '../keys/canonical-text.ts'
import { formatYuan, parseYuan } from '../money.ts'
import type { Notification } from '../notifier/notification-queue.ts'
import type { Channel } from '../notifier/notifier.ts'
import type { Message } from '../notifier/send.ts'
import { shanghaiTime } from '../shanghai-time.ts'
import { signerFor } from './gateway.ts'
import type { NotificationPayload } from './notification.ts'
import type { AlipayRoom } from './room.ts'
import { signText } from './signature.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** After each unanswered delivery; eight deliveries in all, over about 25 hours. */
const RETRY_DELAYS_MS = [4 * MINUTE, 10 * MINUTE, 10 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 15 * HOUR]

type Field = readonly [name: string, value: string]

export function createAlipayChannel(room: AlipayRoom): Channel {
  return {
    retryDelaysMs: RETRY_DELAYS_MS,
    write: (notification, now, struck) => writeNotification(room, notification, now, struck),
    acknowledges: ({ status, body }) => status === 200 && body === 'success',
  }
}

function writeNotification(room: AlipayRoom, notification: Notification, now: number, struck: Struck): Message {
  const { mode, fields }: NotificationPayload = JSON.parse(notification.payload)
  const charset: Charset = struck.has('gbk') ? 'gbk' : 'utf-8'
  const truth = new Map<string, string>([['notify_time', shanghaiTime(now)], ...fields])
  const told = falsify(room, truth, struck)
  const signed = addSignature(room, told, { mode, charset, struck })
  return {
    headers: { 'content-type': `application/x-www-form-urlencoded; charset=${charset === 'gbk' ? 'GBK' : 'utf-8'}` },
    body: writeForm(
      alterAfterSigning(signed, struck).map(([name, value]) => ({
        name: encodeText(name, charset),
        value: encodeText(value, charset),
      })),
    ),
  }
}

/** Faults that a right signature covers. */
function falsify(room: AlipayRoom, truth: ReadonlyMap<string, string>, struck: Struck): Map<string, string> {
  const told = new Map(truth)
  const cents = struck.get('wrong_amount')
  if (cents !== undefined) told.set('total_amount', alterAmount(told.get('total_amount'), cents))
  if (struck.has('other_app')) {
    told.set('app_id', OTHER_MERCHANT.appId)
    told.set('auth_app_id', OTHER_MERCHANT.appId)
  }
  if (struck.has('other_seller')) told.set('seller_id', OTHER_MERCHANT.sellerId)
  if (struck.has('other_order')) told.set('out_trade_no', `NOBODY${room.ids.digits(12)}`)
  if (struck.has('finished') && told.get('trade_status') === 'TRADE_SUCCESS') told.set('trade_status', 'TRADE_FINISHED')
  if (struck.has('unknown_field')) told.set('new_field_2027', '新字段 a+b=50%')
  if (struck.has('empty_field')) told.set('body', '')
  if (struck.has('gbk')) told.set('charset', 'GBK')
  return told
}

export const OTHER_MERCHANT = { appId: '9021000000000002', sellerId: '2088721000000002' } as const

const alterAmount = (amount: string | undefined, fen: number): string =>
  formatYuan((parseYuan(amount ?? '') ?? 0n) + BigInt(fen))

function addSignature(
  room: AlipayRoom,
  told: ReadonlyMap<string, string>,
  how: { mode: 'key' | 'certificate'; charset: Charset; struck: Struck },
): Field[] {
  const { struck, charset } = how
  const { key, certificateSn } = signerFor(room, how.mode)
  const certificate: Field[] = certificateSn ? [['alipay_cert_sn', certificateSn]] : []
  // Empty values take part here: the gateway sends none, and official clients keep those that they find.
  const text = struck.has('empty_field') ? joinAll(told) : canonicalText(told, [])
  if (struck.has('unsigned')) return [...told, ...certificate, ['sign_type', 'RSA2']]
  if (struck.has('sha1')) {
    const weak = signBytes('sha1', encodeText(text, charset), key).toString('base64')
    return [...told, ...certificate, ['sign_type', 'RSA'], ['sign', weak]]
  }
  const signature = signText(text, charset, struck.has('other_key') ? room.keys.strangerKey : key)
  return [...told, ...certificate, ['sign_type', 'RSA2'], ['sign', signature]]
}

const joinAll = (fields: ReadonlyMap<string, string>): string =>
  [...fields]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

/** Faults that the signature must reveal. */
function alterAfterSigning(fields: readonly Field[], struck: Struck): Field[] {
  const altered = fields.map(([name, value]): Field => {
    if (name === 'sign' && struck.has('bad_signature')) return [name, flipFirst(value)]
    return name === 'total_amount' && struck.has('tampered') ? [name, alterAmount(value, 1)] : [name, value]
  })
  const amount = fields.find(([name]) => name === 'total_amount')?.[1]
  return struck.has('doubled_field') ? [...altered, ['total_amount', alterAmount(amount, 1)]] : altered
}

const flipFirst = (signature: string): string => (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)

/** Where the browser goes after paying: nine fields and a signature that say who and how much, and nothing of the outcome. */
export function signedReturnUrl(
  room: AlipayRoom,
  trade: { returnUrl: string; outTradeNo: string; tradeNo: string; total: bigint; mode: 'key' | 'certificate' },
  method: string,
): string {
  const fields = new Map([
    ['charset', 'utf-8'],
    ['out_trade_no', trade.outTradeNo],
    ['method', `${method}.return`],
    ['total_amount', formatYuan(trade.total)],
    ['trade_no', trade.tradeNo],
    ['auth_app_id', room.merchant.appId],
    ['version', '1.0'],
    ['app_id', room.merchant.appId],
    ['seller_id', room.merchant.sellerId],
    ['timestamp', shanghaiTime(room.clock.now())],
  ])
  const signed = addSignature(room, fields, { mode: trade.mode, charset: 'utf-8', struck: new Map() })
  const query = writeForm(signed.map(([name, value]) => ({ name: Buffer.from(name), value: Buffer.from(value) })))
  const address = new URL(trade.returnUrl)
  address.search = address.search === '' ? query : `${address.search}&${query}`
  return address.href
}
