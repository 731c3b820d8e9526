import type { Struck } from '../faults/fault-rules.ts'
import { encodeText, readCharset } from '../http/charset.ts'
import { writeForm } from '../http/form.ts'
import type { Notification } from '../notifier/notification-queue.ts'
import type { Channel } from '../notifier/notifier.ts'
import type { Message } from '../notifier/send.ts'
import type { NotificationPayload } from './notification.ts'
import type { UnionpayRoom } from './room.ts'
import { type Field, type SignedMessage, signMessage } from './sign-message.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** After each unanswered delivery; five deliveries in all, over twelve minutes. */
const RETRY_DELAYS_MS = [MINUTE, 2 * MINUTE, 4 * MINUTE, 5 * MINUTE]
const ANSWER_WITHIN_MS = 10 * SECOND

/** The body of the merchant's answer is of no interest: 200 means received. */
export function createUnionpayChannel(room: UnionpayRoom): Channel {
  return {
    retryDelaysMs: RETRY_DELAYS_MS,
    write: (notification, _now, struck) => writeNotification(room, notification, struck),
    acknowledges: ({ status }) => status === 200,
  }
}

function writeNotification(room: UnionpayRoom, notification: Notification, struck: Struck): Message {
  const payload: NotificationPayload = JSON.parse(notification.payload)
  const fields = new Map(payload)
  const charset = readCharset(fields.get('encoding') ?? '') ?? 'utf-8'
  const message = signMessage(room, fields, { charset, struck })
  return {
    headers: {
      'content-type': `application/x-www-form-urlencoded;charset=${message.charset === 'gbk' ? 'GBK' : 'UTF-8'}`,
    },
    body: encodeMessage(struck.has('blank_for_plus') ? loseThePlus(message) : message),
    answerWithinMs: ANSWER_WITHIN_MS,
  }
}

/** What a proxy leaves that decodes the form once too often. */
const loseThePlus = ({ fields, charset }: SignedMessage): SignedMessage => ({
  fields: fields.map(([name, value]): Field => [name, value.replaceAll('+', ' ')]),
  charset,
})

export const encodeMessage = ({ fields, charset }: SignedMessage): string =>
  writeForm(fields.map(([name, value]) => ({ name: encodeText(name, charset), value: encodeText(value, charset) })))
