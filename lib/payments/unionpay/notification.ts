import { err, ok, type Result } from '../../result.ts'
import type { VerifyError } from '../errors.ts'
import type { IncomingMessage, Notification } from '../port.ts'
import type { UnionpayClient } from './client.ts'
import { readForm } from './fields.ts'
import { refundNumber } from './refund-calls.ts'
import { parseYearlessTime } from './times.ts'
import { hasFailed, paidEventId } from './trade-calls.ts'
import { verifyMessage } from './verify-message.ts'
import { CANCEL_TYPE, Notice, PAYMENT_TYPE, SUCCESS_CODES } from './wire.ts'

const MAX_BODY_BYTES = 65_536

/** Reads what UnionPay posts: size, form, version, certificate, signature, merchant, fields, in this order. */
export function verifyNotification(
  client: UnionpayClient,
  message: IncomingMessage,
  now: Date,
): Result<Notification, VerifyError> {
  const verified = verifyNotice(client, message.body, now)
  return verified.ok ? ok(toNotification(verified.value, now)) : verified
}

/** What a notification and the form that the buyer's browser carries back have in common. */
export function verifyNotice(client: UnionpayClient, body: Uint8Array, now: Date): Result<Notice, VerifyError> {
  if (body.length > MAX_BODY_BYTES) return err({ code: 'too_large', reason: `longer than ${MAX_BODY_BYTES} bytes` })
  const form = readForm(body)
  if (!form.ok) return form
  const verified = verifyMessage(form.value, client.trust, now)
  if (!verified.ok) return verified
  const merId = verified.value.get('merId')
  if (merId !== client.merId) return err({ code: 'other_merchant', reason: `meant for merchant ${merId}` })
  const notice = Notice.safeParse(Object.fromEntries(verified.value))
  if (notice.success) return ok(notice.data)
  const fields = notice.error.issues.map((issue) => issue.path.join('.'))
  return err({ code: 'malformed', reason: `genuine, but not as documented: ${fields.join(', ')}` })
}

function toNotification(notice: Notice, now: Date): Notification {
  const { orderId, queryId, respCode, txnType } = notice
  const message = { provider: 'unionpay', messageId: `${txnType}:${queryId}:${respCode}` } as const
  if (txnType !== PAYMENT_TYPE) return { ...message, ...backOf(notice) }
  const about = { ...message, outTradeNo: orderId, startedAt: notice.txnTime, providerTradeNo: queryId }
  // UnionPay tells of successes only; should it tell of a failure, a query finds out what it means.
  if (!SUCCESS_CODES.has(respCode)) return { ...about, kind: 'closed', eventId: `closed:${queryId}` }
  return {
    ...about,
    kind: 'paid',
    eventId: paidEventId(queryId),
    payment: {
      eventId: paidEventId(queryId),
      providerTradeNo: queryId,
      amount: notice.txnAmt,
      currency: notice.currencyCode,
      paidAt: parseYearlessTime(notice.traceTime ?? '', notice.txnTime) ?? now,
      refundable: true,
    },
  }
}

/** 04 is a refund and 31 a cancel. The payment is named by what we sent along, and by nothing else. */
function backOf({ orderId, queryId, respCode, txnType, txnAmt, reqReserved = '' }: Notice) {
  const refundNo = refundNumber(orderId, txnType)
  const about = { outTradeNo: reqReserved, providerTradeNo: queryId, eventId: `back:${queryId}:${respCode}` }
  if (SUCCESS_CODES.has(respCode)) {
    const money = { payment: null, amount: txnAmt, refundedTotal: null }
    return { ...about, kind: 'refunded', refundNo, ...money, complete: txnType === CANCEL_TYPE } as const
  }
  // A cancel that failed is followed by a refund with the same number of ours.
  if (txnType === CANCEL_TYPE || !hasFailed(respCode))
    return { ...about, kind: 'nothing', reason: `${refundNo} is ${respCode}` } as const
  return { ...about, kind: 'refund_failed', refundNo, providerCode: respCode } as const
}
