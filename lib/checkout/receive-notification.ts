import 'server-only'
import { db } from '#db/client.ts'
import { enqueue } from '#db/jobs/enqueue.ts'
import { findAttempt } from '#db/payments/find-attempt.ts'
import { type AcceptedMessage, recordMessage } from '#db/payments/record-message.ts'
import { settleAttempt } from '#db/payments/settle-attempt.ts'
import { crashPoint } from '../crash-point.ts'
import type { DisputeReason } from '../domain/settlement.ts'
import type { Acknowledgement, IncomingMessage, Notification, PaymentProvider } from '../payments/port.ts'
import { applyRefundNotice } from '../refunds/apply-refund-notice.ts'
import { inPaymentTrace, orderOfTrade } from '../telemetry/payment-trace.ts'

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
  const { kind, outTradeNo } = verified.value
  const take = () => takeVerified(provider, verified.value, received)
  return inPaymentTrace(orderOfTrade(outTradeNo), `${provider.name} notification`, take, { 'payment.kind': kind })
}

type Received = IncomingMessage & {
  readonly provider: PaymentProvider['name']
  readonly source: 'notify'
  readonly receivedAt: Date
}

async function takeVerified(
  provider: PaymentProvider,
  verified: Notification,
  received: Received,
): Promise<Acknowledgement> {
  const { kind, eventId, outTradeNo, nonce = null } = verified
  const accepted = { ...received, verdict: 'accepted', kind, eventId, outTradeNo, nonce } as const
  const applied = await applyNotification(verified, accepted, received.receivedAt)
  if (applied === 'unknown_attempt') {
    await recordMessage({ ...accepted, nonce: null })
    return provider.acknowledge('retry')
  }
  crashPoint('notification_applied')
  if (typeof applied === 'object') {
    await recordMessage({ ...received, verdict: 'refused', reason: `disputed: ${applied.disputed}` })
    return provider.acknowledge('refused')
  }
  // The nonce is spent with the effect or after it, never before: what could not be handled may come again as it was. A
  // replay that overtakes this has no effect of its own, since each event has one.
  if (applied === 'kept' || (await recordMessage(accepted))) return provider.acknowledge('accepted')
  await recordMessage({ ...received, verdict: 'refused', reason: 'replayed: a message with this nonce was accepted' })
  return provider.acknowledge('refused')
}

/**
 * Does what a genuine message asks for. A number that we don't know may be one that is not committed yet: ask again.
 * @returns `kept` when the message was kept in the transaction of its effect; `disputed` for what is genuine and can't be
 * right, of which there is an incident now.
 */
async function applyNotification(
  notification: Notification,
  message: AcceptedMessage,
  now: Date,
): Promise<'kept' | 'applied' | 'unknown_attempt' | { readonly disputed: DisputeReason }> {
  switch (notification.kind) {
    case 'paid': {
      const { provider, outTradeNo, startedAt, payment } = notification
      const settled = await settleAttempt({ provider, outTradeNo, startedAt, payment, source: 'notify' }, message)
      if (settled.outcome === 'unknown_attempt') return 'unknown_attempt'
      if (settled.outcome === 'disputed') return { disputed: settled.reason }
      return settled.messageKept ? 'kept' : 'applied'
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

/** A closed trade may have been paid and refunded before we heard of either: only a query tells. */
async function askAbout({ provider, outTradeNo }: Notification) {
  const attempt = await findAttempt({ provider, outTradeNo })
  if (!attempt) return 'unknown_attempt'
  await enqueue(db, { name: 'query-attempt', data: { attemptId: attempt.id } })
  return 'applied'
}
