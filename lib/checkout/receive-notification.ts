import 'server-only'
import { db } from '#db/client.ts'
import { enqueue } from '#db/jobs/enqueue.ts'
import { findAttempt } from '#db/payments/find-attempt.ts'
import { recordMessage } from '#db/payments/record-message.ts'
import { type Settled, settleAttempt } from '#db/payments/settle-attempt.ts'
import { crashPoint } from '../crash-point.ts'
import type { Acknowledgement, IncomingMessage, Notification, PaymentProvider } from '../payments/port.ts'
import { applyRefundNotice } from '../refunds/apply-refund-notice.ts'

/**
 * Takes one message that came in a provider's name: checks it, applies what it tells, keeps it with the verdict, and
 * only then gives the answer that stops its repeats. What throws is answered by nobody, so that it comes again.
 */
export async function receiveNotification(
  provider: PaymentProvider,
  message: IncomingMessage,
  now: Date = new Date(),
): Promise<Acknowledgement> {
  const received = { provider: provider.name, source: 'notify', ...message, receivedAt: now } as const
  const verified = await provider.verifyNotification(message, now)
  if (!verified.ok) {
    const { code, reason } = verified.error
    await recordMessage({ ...received, verdict: 'refused', reason: `${code}: ${reason}` })
    return provider.acknowledge(code === 'key_unavailable' ? 'retry' : 'refused')
  }
  crashPoint('message_verified')
  const { kind, eventId, outTradeNo, nonce = null } = verified.value
  const accepted = { ...received, verdict: 'accepted', kind, eventId, outTradeNo } as const
  if ((await applyNotification(verified.value, now)) === 'unknown_attempt') {
    await recordMessage({ ...accepted, nonce: null })
    return provider.acknowledge('retry')
  }
  crashPoint('notification_applied')
  // The nonce is spent after the effect, never before: what could not be handled may come again as it was. A replay that
  // overtakes this has no effect of its own, since each event has one.
  if (await recordMessage({ ...accepted, nonce })) return provider.acknowledge('accepted')
  await recordMessage({ ...received, verdict: 'refused', reason: 'replayed: a message with this nonce was accepted' })
  return provider.acknowledge('refused')
}

/** Does what a genuine message asks for. A number that we don't know may be one that is not committed yet: ask again. */
async function applyNotification(notification: Notification, now: Date): Promise<'applied' | 'unknown_attempt'> {
  switch (notification.kind) {
    case 'paid': {
      const settled = await settle(notification, notification.payment)
      return settled.outcome === 'unknown_attempt' ? 'unknown_attempt' : 'applied'
    }
    case 'refunded':
    case 'refund_failed':
    case 'refund_abnormal':
      return applyRefundNotice(notification, now)
    case 'closed':
      return askAbout(notification)
    case 'nothing':
      return 'applied'
  }
}

const settle = (
  { provider, outTradeNo, startedAt }: Notification,
  payment: Extract<Notification, { kind: 'paid' }>['payment'],
): Promise<Settled> => settleAttempt({ provider, outTradeNo, startedAt, payment, source: 'notify' })

/** A closed trade may have been paid and refunded before we heard of either: only a query tells. */
async function askAbout({ provider, outTradeNo }: Notification) {
  const attempt = await findAttempt({ provider, outTradeNo })
  if (!attempt) return 'unknown_attempt'
  await enqueue(db, { name: 'query-attempt', data: { attemptId: attempt.id } })
  return 'applied'
}
