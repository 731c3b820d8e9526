import type { Struck } from '../faults/fault-rules.ts'
import type { Notification } from '../notifier/notification-queue.ts'
import type { Channel } from '../notifier/notifier.ts'
import type { Message } from '../notifier/send.ts'
import { addToAmount } from './answer-faults.ts'
import type { NotificationPayload } from './notification.ts'
import { anyKey } from './platform-keys.ts'
import type { Fields } from './problems.ts'
import type { WechatPayRoom } from './room.ts'
import { signatureHeaders } from './sign-message.ts'
import { type Sealed, seal } from './signature.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** After each unanswered delivery; sixteen deliveries in all, over 24 hours and 4 minutes. */
const RETRY_DELAYS_MS = [
  ...[15 * SECOND, 15 * SECOND, 30 * SECOND, 3 * MINUTE, 10 * MINUTE, 20 * MINUTE],
  ...[30 * MINUTE, 30 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 3 * HOUR, 3 * HOUR, 6 * HOUR, 6 * HOUR],
]

export const OTHER_MERCHANT = { mchid: '1900000209', appid: 'wxdace645e0bc2c424' } as const

export function createWechatPayChannel(room: WechatPayRoom): Channel {
  return {
    retryDelaysMs: RETRY_DELAYS_MS,
    write: (notification, _now, struck) => writeNotification(room, notification, struck),
    acknowledges: ({ status }) => status === 200 || status === 204,
  }
}

/** Sealed and signed anew for each delivery. */
function writeNotification(room: WechatPayRoom, notification: Notification, struck: Struck): Message {
  const payload: NotificationPayload = JSON.parse(notification.payload)
  const body = struck.has('no_json') ? 'SUCCESS' : messageBody(room, notification.id, payload, struck)
  return {
    answerWithinMs: 5 * SECOND,
    headers: {
      'content-type': 'application/json',
      accept: '*/*',
      'user-agent': 'Mozilla/4.0',
      ...signatureHeaders(room, body, anyKey(room), struck),
    },
    body: struck.has('tampered')
      ? body.replace(/("ciphertext":"[^"]{20})(.)/, (_, head, one) => head + other(one))
      : body,
  }
}

function messageBody(room: WechatPayRoom, id: string, payload: NotificationPayload, struck: Struck): string {
  const plaintext = JSON.stringify(falsify(payload.plaintext, struck))
  const sealed = seal(plaintext, {
    key: struck.has('other_api_key') ? room.keys.strangerApiV3Key : room.keys.apiV3Key,
    nonce: room.ids.token(12),
    associatedData: payload.originalType,
  })
  return JSON.stringify({
    id,
    create_time: payload.createTime,
    resource_type: 'encrypt-resource',
    event_type: struck.has('unknown_event') ? 'TRANSACTION.PONDERED' : payload.eventType,
    summary: payload.summary,
    resource: { original_type: payload.originalType, ...spoil(sealed, struck) },
    ...(struck.has('unknown_field') ? { new_field_2027: '新字段' } : {}),
  })
}

/** Lies that the seal and the signature both cover. */
function falsify(truth: Fields, struck: Struck): Fields {
  const told = { ...truth }
  const fen = struck.get('wrong_amount')
  if (fen !== undefined) told['amount'] = addToAmount(told['amount'], fen)
  if (struck.has('other_currency')) told['amount'] = { ...Object(told['amount']), currency: 'HKD' }
  if (struck.has('other_merchant')) told['mchid'] = OTHER_MERCHANT.mchid
  if (struck.has('other_app')) told['appid'] = OTHER_MERCHANT.appid
  if (struck.has('other_order')) told['out_trade_no'] = 'NOBODY000001'
  if (struck.has('not_success'))
    Object.assign(told, 'trade_state' in told ? { trade_state: 'NOTPAY' } : { refund_status: 'PROCESSING' })
  if (struck.has('unknown_field')) told['new_field_2027'] = { a: '新字段' }
  return told
}

function spoil(sealed: Sealed, struck: Struck): Sealed {
  if (struck.has('bad_nonce')) return { ...sealed, nonce: sealed.nonce.slice(0, 7) }
  if (!struck.has('bad_tag')) return sealed
  return { ...sealed, ciphertext: other(sealed.ciphertext.charAt(0)) + sealed.ciphertext.slice(1) }
}

const other = (character: string): string => (character === 'A' ? 'B' : 'A')
